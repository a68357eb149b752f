package io.phaseledger.policy;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** A whole number of 0 or more, or a decimal strictly between 0 and 1; 1.0 could mean either and is refused. */
@Target({ElementType.FIELD, ElementType.PARAMETER})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = CountOrShare.Check.class)
@interface CountOrShare {

    String message() default "out_of_range: must be a whole number of 0 to 100, or a decimal strictly between 0 and 1";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** The check. */
    final class Check implements ConstraintValidator<CountOrShare, @Nullable BigDecimal> {

        private static final BigDecimal MAX_COUNT = BigDecimal.valueOf(PolicyDefinition.MAX_REQUIREMENTS);

        static boolean isCount(BigDecimal number) {
            return number.scale() == 0;
        }

        @Override
        public boolean isValid(@Nullable BigDecimal number, ConstraintValidatorContext context) {
            if (number == null) {
                return true;
            }
            return isCount(number)
                    ? number.signum() >= 0 && number.compareTo(MAX_COUNT) <= 0
                    : number.signum() > 0 && number.compareTo(BigDecimal.ONE) < 0;
        }
    }
}
