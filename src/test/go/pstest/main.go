// Command pstest is Google's in-memory Pub/Sub server, listening on a port of the loopback address.
//
// It keeps what it is told in memory until it is stopped. A topic and an ordered subscription to it can be named: they
// are there before anybody has found the server, so that no message comes to a topic without readers. The line "ready"
// on its output says that it takes connections.
package main

import (
	"context"
	"fmt"
	"log"
	"os"
	"os/signal"
	"strconv"
	"syscall"

	"cloud.google.com/go/pubsub/v2/apiv1/pubsubpb"
	"cloud.google.com/go/pubsub/v2/pstest"
)

func main() {
	log.SetFlags(0)
	if len(os.Args) != 2 && len(os.Args) != 4 {
		log.Fatal("usage: pstest PORT [TOPIC SUBSCRIPTION]")
	}
	port, err := strconv.Atoi(os.Args[1])
	if err != nil {
		log.Fatalf("no port: %v", err)
	}
	server := pstest.NewServerWithPort(port)
	if len(os.Args) == 4 {
		create(server, os.Args[2], os.Args[3])
	}
	fmt.Println("ready", server.Addr)

	asked := make(chan os.Signal, 1)
	signal.Notify(asked, os.Interrupt, syscall.SIGTERM)
	<-asked
	_ = server.Close()
}

func create(server *pstest.Server, topic, subscription string) {
	ctx := context.Background()
	if _, err := server.GServer.CreateTopic(ctx, &pubsubpb.Topic{Name: topic}); err != nil {
		log.Fatalf("no topic: %v", err)
	}
	reader := &pubsubpb.Subscription{Name: subscription, Topic: topic, EnableMessageOrdering: true, AckDeadlineSeconds: 10}
	if _, err := server.GServer.CreateSubscription(ctx, reader); err != nil {
		log.Fatalf("no subscription: %v", err)
	}
}
