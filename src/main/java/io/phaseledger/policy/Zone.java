package io.phaseledger.policy;

import io.phaseledger.http.Nearest;
import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A name of the tz database. A fixed offset is none: it is wrong for half of every year. */
@Target({ElementType.FIELD, ElementType.PARAMETER})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = Zone.Check.class)
public @interface Zone {

    String message() default "unknown_time_zone: must be a name of the tz database such as America/New_York";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** The check. */
    final class Check implements ConstraintValidator<Zone, @Nullable String> {

        private static final Set<String> KNOWN = ZoneId.getAvailableZoneIds();

        private static final int LONGEST_ABBREVIATION = 4;

        @Override
        public boolean isValid(@Nullable String zone, ConstraintValidatorContext context) {
            if (zone == null || KNOWN.contains(zone)) {
                return true;
            }
            meant(zone).ifPresent(nearest -> suggest(nearest, context));
            return false;
        }

        /** Abbreviations are near to one another, and hours apart. */
        private static Optional<String> meant(String zone) {
            return zone.length() > LONGEST_ABBREVIATION
                    ? Nearest.to(zone, KNOWN)
                    : Optional.ofNullable(ZoneId.SHORT_IDS.get(zone)).filter(KNOWN::contains);
        }

        private static void suggest(String nearest, ConstraintValidatorContext context) {
            context.disableDefaultConstraintViolation();
            context.buildConstraintViolationWithTemplate(
                            context.getDefaultConstraintMessageTemplate() + "; the nearest is " + nearest)
                    .addConstraintViolation();
        }
    }
}
