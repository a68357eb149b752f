package io.phaseledger.http;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import jakarta.validation.TraversableResolver;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import java.lang.annotation.ElementType;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.hibernate.validator.HibernateValidator;
import org.jspecify.annotations.Nullable;

/**
 * The constraints declared on what is read, and how a violation of one is named outside; made with the first body, because the
 * service starts without.
 */
@ApplicationScoped
class Constraints {

    private static final Pattern CODED = Pattern.compile("(?s)([a-z][a-z0-9_]*): (.*)");

    private static final Map<String, String> CODES = Map.ofEntries(
            Map.entry("NotNull", "required"),
            Map.entry("NotBlank", "required"),
            Map.entry("NotEmpty", "required"),
            Map.entry("Size", "invalid_size"),
            Map.entry("Pattern", "invalid_format"),
            Map.entry("Min", "out_of_range"),
            Map.entry("Max", "out_of_range"),
            Map.entry("DecimalMin", "out_of_range"),
            Map.entry("DecimalMax", "out_of_range"),
            Map.entry("Positive", "out_of_range"),
            Map.entry("PositiveOrZero", "out_of_range"));

    private static final PropertyNamingStrategies.NamingBase SNAKE_CASE =
            (PropertyNamingStrategies.NamingBase) PropertyNamingStrategies.SNAKE_CASE;

    private final Validator validator = Validation.byProvider(HibernateValidator.class)
            .configure()
            .ignoreXmlConfiguration()
            .defaultLocale(Locale.ENGLISH)
            .traversableResolver(new Everything())
            .enableTraversableResolverResultCache(false)
            .buildValidatorFactory()
            .getValidator();

    /** An error for each violation, in the order of the pointers, but where one is known: one per pointer is enough. */
    List<FieldError> violated(Object value, List<FieldError> known) {
        var violations = validator.validate(value);
        if (violations.isEmpty()) {
            return List.of();
        }
        return violations.stream()
                .map(Constraints::error)
                .sorted(Comparator.comparing(FieldError::place).thenComparing(FieldError::code))
                .filter(error -> known.stream().noneMatch(each -> each.place().equals(error.place())))
                .toList();
    }

    private static FieldError error(ConstraintViolation<?> violation) {
        var pointer = pointer(violation.getPropertyPath());
        var coded = CODED.matcher(violation.getMessage());
        if (coded.matches()) {
            return FieldError.at(pointer, coded.group(1), coded.group(2));
        }
        return FieldError.at(pointer, codeOf(violation), violation.getMessage());
    }

    private static String codeOf(ConstraintViolation<?> violation) {
        var annotation = violation.getConstraintDescriptor().getAnnotation().annotationType();
        return CODES.getOrDefault(annotation.getSimpleName(), "invalid_value");
    }

    private static String pointer(Path path) {
        var pointer = new StringBuilder();
        for (var node : path) {
            pointer.append(step(node));
        }
        return pointer.toString();
    }

    /** An index or key belongs before the name of its node: {@code requirements[0].minRecords}. */
    private static String step(Path.Node node) {
        var step = "";
        if (node.getIndex() != null) {
            step += "/" + node.getIndex();
        } else if (node.getKey() != null) {
            step += FieldError.step(node.getKey().toString());
        }
        return node.getKind() == ElementKind.PROPERTY ? step + "/" + SNAKE_CASE.translate(node.getName()) : step;
    }

    /**
     * Every field is checked without asking first whether it is loaded. Only entities load late, and they are not validated
     * here; an import would have Jakarta Persistence asked of every field of every line.
     */
    private static final class Everything implements TraversableResolver {

        @Override
        public boolean isReachable(
                @Nullable Object bean, Path.Node property, Class<?> root, Path toBean, ElementType kind) {
            return true;
        }

        @Override
        public boolean isCascadable(
                @Nullable Object bean, Path.Node property, Class<?> root, Path toBean, ElementType kind) {
            return true;
        }
    }
}
