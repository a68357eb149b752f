package io.phaseledger;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the table of limits in the contract's description says, by what each is of. */
record ContractLimits(Map<String, Integer> all) {

    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| (?<of>[^|]+?) \\| (?<limit>\\d+)[^|]*\\| (?<beyond>.*) \\|$");

    static ContractLimits of(ContractDocument contract) {
        Map<String, Integer> limits = new LinkedHashMap<>();
        Matcher row = ROW.matcher(contract.node().at("/info/description").asText());
        while (row.find()) {
            limits.put(row.group("of"), Integer.valueOf(row.group("limit")));
        }
        return new ContractLimits(limits);
    }

    int most(String of) {
        return Objects.requireNonNull(all.get(of), of);
    }
}
