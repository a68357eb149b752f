package io.phaseledger.policy;

import io.phaseledger.readiness.Status;
import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;
import java.util.Objects;

/** Statuses that may decide: success among them, and not running, which is no outcome. */
@Target({ElementType.FIELD, ElementType.PARAMETER})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = Acceptable.Check.class)
@interface Acceptable {

    String message() default "invalid_accept: must contain success and must not contain running";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** The check. */
    final class Check implements ConstraintValidator<Acceptable, List<Status>> {
        @Override
        public boolean isValid(List<Status> accept, ConstraintValidatorContext context) {
            boolean mayBeThere =
                    accept.contains(Status.SUCCESS) || accept.stream().anyMatch(Objects::isNull);
            return mayBeThere && !accept.contains(Status.RUNNING);
        }
    }
}
