package io.phaseledger.source;

/**
 * Fired when a source was put or removed, after that is durable: what is held may be understood now.
 *
 * @param source its name
 * @param restate whether what was recorded by it or by others before is to be said again as it says
 */
public record SourceChange(String source, boolean restate) {}
