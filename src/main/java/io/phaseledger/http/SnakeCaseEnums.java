package io.phaseledger.http;

import com.fasterxml.jackson.core.Version;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.introspect.AnnotatedClass;
import com.fasterxml.jackson.databind.introspect.NopAnnotationIntrospector;

/** Gives our enums their snake_case names in JSON, as values and as keys, without an annotation on each constant. */
final class SnakeCaseEnums extends NopAnnotationIntrospector {

    private static final String OURS = "io.phaseledger.";

    static boolean isOurs(Class<?> type) {
        return type.getName().startsWith(OURS);
    }

    @Override
    public Version version() {
        return Version.unknownVersion();
    }

    @Override
    public String[] findEnumValues(
            MapperConfig<?> config, AnnotatedClass annotatedClass, Enum<?>[] constants, String[] names) {
        if (isOurs(annotatedClass.getRawType())) {
            for (int i = 0; i < constants.length; i++) {
                names[i] = EnumNames.of(constants[i]);
            }
        }
        return names;
    }
}
