/**
 * Tells topics of Google Cloud Pub/Sub, over gRPC.
 *
 * <p>{@link io.phaseledger.pubsub.PubSubTopics} publishes a message and gives the id that the server gave it, or a {@link
 * io.phaseledger.pubsub.PublishFailed} with what Google said. {@code OrderedPublisher} sends those of one ordering key one after
 * another. {@code Connection} is made by the first message: it alone knows Google's classes, which are not loaded
 * without a configured topic.
 *
 * <p>{@code PubSubChannel} is a way to tell subscribers: {@code PipelineMessages} puts what they are told into the message
 * that the pipeline's own subscribers read. {@code ConfiguredTopics} makes subscriptions of the topics that configuration
 * names.
 *
 * <p>Google's {@code Publisher} is not used. With ordering enabled it tries for ever, whatever total time-out it was given,
 * and its caller gets no answer while the server is away. Here a message that was not accepted in time has failed, and
 * the follower of the ledger keeps its place and tries again.
 *
 * <p>Easy to get wrong: a message that failed may have arrived all the same, since an answer can be lost. Those that wait
 * behind one that failed fail as well, for they would otherwise overtake it when it is tried again.
 */
@NullMarked
package io.phaseledger.pubsub;

import org.jspecify.annotations.NullMarked;
