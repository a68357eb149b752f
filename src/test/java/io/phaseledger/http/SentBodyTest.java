package io.phaseledger.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SentBodyTest {

    @Test
    void a_body_that_breaks_off_is_a_problem_and_no_end() throws IOException {
        InputStream broken = InputStream.nullInputStream();
        broken.close();
        var body = SentBody.inAll(
                new SequenceInputStream(new ByteArrayInputStream(new byte[] {'{', '}'}), broken),
                Duration.ofMinutes(1));
        assertEquals(2, body.read(new byte[2], 0, 2));
        assertEquals("body_incomplete", assertThrows(Problem.class, body::read).code());
        assertEquals(2, body.received());
    }
}
