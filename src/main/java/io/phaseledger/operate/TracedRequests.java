package io.phaseledger.operate;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import jakarta.inject.Singleton;
import java.util.function.UnaryOperator;

/** Takes out of a trace what of a request may not be written down. */
@Singleton
final class TracedRequests implements SpanProcessor {

    private static final AttributeKey<String> QUERY = AttributeKey.stringKey("url.query");
    private static final AttributeKey<String> PATH = AttributeKey.stringKey("url.path");

    @Override
    public void onStart(Context parent, ReadWriteSpan span) {
        redact(span, QUERY, Redaction::query);
        redact(span, PATH, Redaction::text);
    }

    private static void redact(ReadWriteSpan span, AttributeKey<String> attribute, UnaryOperator<String> redaction) {
        String value = span.getAttribute(attribute);
        if (value != null) {
            span.setAttribute(attribute, redaction.apply(value));
        }
    }

    @Override
    public boolean isStartRequired() {
        return true;
    }

    @Override
    public void onEnd(ReadableSpan span) {
        // All that is to be taken out is there from the start.
    }

    @Override
    public boolean isEndRequired() {
        return false;
    }
}
