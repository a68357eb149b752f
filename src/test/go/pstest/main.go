// Command pstest is Google's in-memory Pub/Sub server, listening on a port of the loopback address.
//
// It keeps what it is told in memory until it is stopped. The line "ready" on its output says that it takes
// connections.
package main

import (
	"fmt"
	"log"
	"os"
	"os/signal"
	"strconv"
	"syscall"

	"cloud.google.com/go/pubsub/v2/pstest"
)

func main() {
	log.SetFlags(0)
	if len(os.Args) != 2 {
		log.Fatal("usage: pstest PORT")
	}
	port, err := strconv.Atoi(os.Args[1])
	if err != nil {
		log.Fatalf("no port: %v", err)
	}
	server := pstest.NewServerWithPort(port)
	fmt.Println("ready", server.Addr)

	asked := make(chan os.Signal, 1)
	signal.Notify(asked, os.Interrupt, syscall.SIGTERM)
	<-asked
	_ = server.Close()
}
