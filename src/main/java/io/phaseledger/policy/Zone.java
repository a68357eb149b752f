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
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A name of the tz database. A fixed offset is none: it is wrong for half of every year. */
@Target({ElementType.FIELD, ElementType.PARAMETER})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = Zone.Check.class)
@interface Zone {

    String message() default "unknown_time_zone: must be a name of the tz database such as America/New_York";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** The check. */
    final class Check implements ConstraintValidator<Zone, @Nullable String> {

        private static final Set<String> KNOWN = ZoneId.getAvailableZoneIds();

        @Override
        public boolean isValid(@Nullable String zone, ConstraintValidatorContext context) {
            if (zone == null || KNOWN.contains(zone)) {
                return true;
            }
            Nearest.to(zone, KNOWN).ifPresent(nearest -> suggest(nearest, context));
            return false;
        }

        private static void suggest(String nearest, ConstraintValidatorContext context) {
            context.disableDefaultConstraintViolation();
            context.buildConstraintViolationWithTemplate(
                            context.getDefaultConstraintMessageTemplate() + "; the nearest is " + nearest)
                    .addConstraintViolation();
        }
    }
}
