package io.phaseledger;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** The settings that the interfaces of the source declare, with their javadoc, as the compiler reads them. */
final class DeclaredConfiguration extends AbstractProcessor {

    private static final Path SOURCES = Path.of("src", "main", "java");

    /** In place of the key of a map. */
    private static final String OF_YOUR_CHOICE = "NAME";

    private final List<Setting> settings = new ArrayList<>();

    static List<Setting> read() throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DeclaredConfiguration reader = new DeclaredConfiguration();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
                Stream<Path> sources = Files.walk(SOURCES)) {
            List<Path> interfaces = sources.filter(
                            path -> path.getFileName().toString().endsWith("Config.java"))
                    .sorted()
                    .toList();
            JavaCompiler.CompilationTask task = compiler.getTask(
                    null,
                    files,
                    null,
                    List.of("-proc:only", "-classpath", "target/classes:" + System.getProperty("java.class.path")),
                    null,
                    files.getJavaFileObjectsFromPaths(interfaces));
            task.setProcessors(List.of(reader));
            if (!task.call()) {
                throw new IllegalStateException("the configuration does not compile");
            }
        }
        return reader.settings;
    }

    @Override
    public Set<String> getSupportedAnnotationTypes() {
        return Set.of(ConfigMapping.class.getName());
    }

    @Override
    public SourceVersion getSupportedSourceVersion() {
        return SourceVersion.latest();
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        for (Element type : round.getElementsAnnotatedWith(ConfigMapping.class)) {
            String prefix = type.getAnnotation(ConfigMapping.class).prefix();
            addAll(prefix, type);
        }
        return false;
    }

    private void addAll(String prefix, Element type) {
        ElementFilter.methodsIn(type.getEnclosedElements()).forEach(method -> add(prefix, method));
    }

    private void add(String prefix, ExecutableElement method) {
        String name = method.getAnnotation(WithParentName.class) == null
                ? prefix + "." + kebab(method.getSimpleName().toString())
                : prefix;
        Element each = valueOfMap(method.getReturnType());
        if (each != null && each.getKind() == ElementKind.INTERFACE) {
            addAll(name + "." + OF_YOUR_CHOICE, each);
            return;
        }
        name = each == null ? name : name + "." + OF_YOUR_CHOICE;
        String comment = processingEnv.getElementUtils().getDocComment(method);
        WithDefault fallback = method.getAnnotation(WithDefault.class);
        settings.add(
                new Setting(name, fallback == null ? "" : fallback.value(), comment == null ? "" : plain(comment)));
    }

    /** The type of a map's values, which have settings of their own if it is one of ours; null if it is no map. */
    private @Nullable Element valueOfMap(TypeMirror type) {
        return type instanceof DeclaredType declared
                        && declared.asElement().getSimpleName().contentEquals("Map")
                ? processingEnv
                        .getTypeUtils()
                        .asElement(declared.getTypeArguments().get(1))
                : null;
    }

    private static String kebab(String name) {
        return name.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    }

    private static String plain(String javadoc) {
        return javadoc.replaceAll("\\{@(?:code|link) ([^}]*)}", "`$1`")
                .replaceAll("\\s+", " ")
                .trim();
    }

    /** A setting; an empty default is none, an empty text says that nobody described it. */
    record Setting(String name, String fallback, String text) {

        /** The environment variable, by the rules of MicroProfile Config. */
        String variable() {
            return name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
        }
    }
}
