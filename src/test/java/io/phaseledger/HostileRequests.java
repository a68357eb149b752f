package io.phaseledger;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

/** Requests as no client should send them, each made of a good or a bad one and some chance. */
final class HostileRequests {

    private static final String WORST = "{}[]\",:\\ \u0000\u00ff0e9-+.;nulltrueNaN\r\n\t";

    private final Random chance;
    private final List<RawRequest> seeds;
    private final HostileValues values;

    HostileRequests(long seed, List<RawRequest> seeds) {
        this.chance = new Random(seed);
        this.seeds = seeds;
        this.values = new HostileValues(chance);
    }

    /** The next one. */
    Hostile next() {
        RawRequest base = one(seeds);
        int kind = chance.nextInt(100);
        if (kind < 20) {
            return new Hostile(body(base, mangled(base.body())).bytes(), false);
        }
        if (kind < 40) {
            return new Hostile(body(base, values.in(base.body())).bytes(), false);
        }
        if (kind < 50) {
            return new Hostile(base.with(header()).bytes(), true);
        }
        if (kind < 58) {
            return new Hostile(base.withTarget(target(base)).bytes(), false);
        }
        if (kind < 64) {
            return new Hostile(base.withMethod(one(HostileWords.METHODS)).bytes(), false);
        }
        if (kind < 70) {
            return new Hostile(
                    base.without("Content-Type")
                            .with("Content-Type: " + one(HostileWords.TYPES))
                            .bytes(),
                    false);
        }
        return kind < 85 ? framing(base) : wire(base);
    }

    private String header() {
        return chance.nextInt(3) == 0
                ? one(HostileWords.HEADERS)
                : one(HostileWords.HEADER_NAMES) + ": " + one(HostileWords.HEADER_VALUES);
    }

    /** Bodies whose length or chunks are not what they say. */
    private Hostile framing(RawRequest base) {
        byte[] body = base.body();
        RawRequest open = base.without("Content-Length");
        return switch (chance.nextInt(7)) {
            case 0 ->
                new Hostile(open.with("Content-Length: " + (body.length + 50)).bytes(), true);
            case 1 ->
                new Hostile(open.with("Content-Length: " + body.length / 2).bytes(), false);
            case 2 -> new Hostile(chunked(open, body, Integer.toHexString(body.length)), false);
            case 3 -> new Hostile(chunked(open, body, one(List.of("zz", "-1", "7fffffff", "", "1; a=b"))), true);
            case 4 ->
                new Hostile(
                        body(base.with("Content-Encoding: gzip"), gzip(body)).bytes(), false);
            case 5 ->
                new Hostile(
                        body(base.with("Content-Encoding: gzip"), join(gzip(body), worst()))
                                .bytes(),
                        false);
            default ->
                new Hostile(
                        body(base.with("Content-Encoding: gzip"), mangled(gzip(body)))
                                .bytes(),
                        false);
        };
    }

    private static byte[] chunked(RawRequest open, byte[] body, String size) {
        byte[] chunk = join((size + "\r\n").getBytes(ISO_8859_1), body, "\r\n0\r\n\r\n".getBytes(ISO_8859_1));
        return open.with("Transfer-Encoding: chunked").withBytes(chunk).bytes();
    }

    /** What is hardly HTTP any more. */
    private Hostile wire(RawRequest base) {
        byte[] good = base.bytes();
        String text = new String(good, ISO_8859_1);
        return switch (chance.nextInt(7)) {
            case 0 -> new Hostile(old(base), false);
            case 1 -> new Hostile(text.replaceFirst("HTTP/1.1", "HTTP/9.9").getBytes(ISO_8859_1), true);
            case 2 -> new Hostile(text.replace("\r\n", "\n").getBytes(ISO_8859_1), true);
            case 3 -> new Hostile(java.util.Arrays.copyOf(good, chance.nextInt(good.length) + 1), true);
            case 4 -> new Hostile(join(base.without("Connection").bytes(), good), false);
            case 5 -> new Hostile(mangled(good), true);
            default -> new Hostile(noise(), true);
        };
    }

    /** In HTTP/1.0, which needs no Host and is not refused for a bad one. */
    private byte[] old(RawRequest base) {
        RawRequest hostless = base.without("Host");
        RawRequest request = chance.nextBoolean() ? hostless : hostless.with(one(HostileWords.HOSTS));
        return new String(request.bytes(), ISO_8859_1)
                .replaceFirst("HTTP/1.1", "HTTP/1.0")
                .getBytes(ISO_8859_1);
    }

    private String target(RawRequest base) {
        return switch (chance.nextInt(3)) {
            case 0 -> one(HostileWords.TARGETS);
            case 1 -> values.inTarget(base.target());
            default ->
                new String(mangled(base.target().getBytes(UTF_8)), ISO_8859_1).replaceAll("[\\s\\u0000-\\u001f]", "_");
        };
    }

    private static RawRequest body(RawRequest base, byte[] bytes) {
        return base.without("Content-Length").withBody(bytes);
    }

    /** With one to four places cut, doubled, swapped or filled with something else. */
    private byte[] mangled(byte[] bytes) {
        byte[] result = bytes;
        for (int times = chance.nextInt(4) + 1; times > 0 && result.length > 0; times--) {
            int from = chance.nextInt(result.length);
            int to = Math.min(result.length, from + 1 + chance.nextInt(12));
            byte[] head = java.util.Arrays.copyOf(result, from);
            byte[] part = java.util.Arrays.copyOfRange(result, from, to);
            byte[] tail = java.util.Arrays.copyOfRange(result, to, result.length);
            result = switch (chance.nextInt(4)) {
                case 0 -> join(head, tail);
                case 1 -> join(head, part, part, tail);
                case 2 -> join(head, worst(), tail);
                default -> join(head, worst(), part, tail);
            };
        }
        return result;
    }

    private byte[] worst() {
        int from = chance.nextInt(WORST.length());
        return WORST.substring(from, Math.min(WORST.length(), from + 1 + chance.nextInt(4)))
                .getBytes(ISO_8859_1);
    }

    private byte[] noise() {
        byte[] bytes = new byte[chance.nextInt(2_000) + 1];
        chance.nextBytes(bytes);
        return bytes;
    }

    private <T> T one(List<T> of) {
        return of.get(chance.nextInt(of.size()));
    }

    private static byte[] gzip(byte[] body) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
