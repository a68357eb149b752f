package io.phaseledger.http;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.validation.Path;
import jakarta.validation.TraversableResolver;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import java.lang.annotation.ElementType;
import java.util.Locale;
import org.hibernate.validator.HibernateValidator;
import org.jspecify.annotations.Nullable;

/**
 * Checks what is read against the constraints of its record; made with the first body, because the service starts without.
 *
 * <p>Every field is checked without asking first whether it is loaded. Only entities load late, and they are not validated
 * here; an import would have Jakarta Persistence asked of every field of every line.
 */
@ApplicationScoped
class PlainValidation {

    /** A proxy stands for it until it is used. */
    @Produces
    @ApplicationScoped
    Validator validator() {
        return Validation.byProvider(HibernateValidator.class)
                .configure()
                .ignoreXmlConfiguration()
                .defaultLocale(Locale.ENGLISH)
                .traversableResolver(new Everything())
                .enableTraversableResolverResultCache(false)
                .buildValidatorFactory()
                .getValidator();
    }

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
