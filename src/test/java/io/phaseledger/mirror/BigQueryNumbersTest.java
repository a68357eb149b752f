package io.phaseledger.mirror;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BigQueryNumbersTest {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '§',
            value = {
                "0; 0",
                "-9223372036854775808; -9223372036854775808",
                "-9223372036854775809; \"-9223372036854775809\"",
                "18446744073709551615; 18446744073709551615",
                "18446744073709551617; \"18446744073709551617\"",
                "9007199254740993; 9007199254740993",
                "123456789012345678901234567890; \"123456789012345678901234567890\"",
                "0.1; 0.1",
                "0.10; 0.10",
                "1.7976931348623157E308; 1.7976931348623157E+308",
                "1E309; \"1E+309\"",
                "1E-400; \"1E-400\"",
                "0.1234567890123456789; \"0.1234567890123456789\"",
                "1E20; 1E+20",
                "{\"a\":[1,{\"b\":0.1234567890123456789}],\"c\":\"1E309\"}; "
                        + "{\"a\":[1,{\"b\":\"0.1234567890123456789\"}],\"c\":\"1E309\"}",
                "null; null",
                "[true,null]; [true,null]",
            })
    void whatBigQueryCannotKeepBecomesItsText(String said, String kept) throws JsonProcessingException {
        assertEquals(JSON.readTree(kept), BigQueryNumbers.numbers(JSON.readTree(said)));
    }
}
