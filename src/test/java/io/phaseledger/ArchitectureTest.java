package io.phaseledger;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.core.domain.properties.HasOwner;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.micrometer.core.instrument.MeterRegistry;
import io.phaseledger.http.WrittenTime;
import io.quarkus.runtime.annotations.QuarkusMain;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import io.smallrye.config.ConfigSourceFactory;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The arrows between packages, and what holds of every class. */
@AnalyzeClasses(packages = "io.phaseledger", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String OURS = "io.phaseledger.";

    @ArchTest
    static final ArchRule the_rule_is_pure = classes()
            .that()
            .resideInAPackage(OURS + "readiness")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "org.jspecify..", OURS + "readiness");

    @ArchTest
    static final ArchRule http_knows_nothing_of_ours = usesOfOursOnly("http");

    @ArchTest
    static final ArchRule the_pulse_of_the_database_knows_http = usesOfOursOnly("database", "http");

    @ArchTest
    static final ArchRule the_ledger_knows_the_rule_the_pulse_and_http =
            usesOfOursOnly("ledger", "readiness", "imports", "database", "access", "operate", "http");

    @ArchTest
    static final ArchRule progress_knows_no_ledger = usesOfOursOnly("imports", "access", "database", "http");

    @ArchTest
    static final ArchRule who_asks_depends_on_nothing_that_is_asked = usesOfOursOnly("access", "database", "http");

    @ArchTest
    static final ArchRule policies_know_the_ledger =
            usesOfOursOnly("policy", "readiness", "ledger", "imports", "database", "access", "http");

    @ArchTest
    static final ArchRule timeliness_knows_policies_and_the_rule =
            usesOfOursOnly("timeliness", "policy", "readiness", "ledger", "database", "http");

    @ArchTest
    static final ArchRule the_feed_knows_what_takes_positions =
            usesOfOursOnly("feed", "policy", "ledger", "readiness", "database", "http");

    @ArchTest
    static final ArchRule the_watch_asks_the_gate = usesOfOursOnly(
            "watch", "subscription", "gate", "feed", "policy", "ledger", "readiness", "database", "http");

    @ArchTest
    static final ArchRule subscriptions_follow_the_feed_and_ask_the_gate =
            usesOfOursOnly("subscription", "gate", "feed", "ledger", "readiness", "access", "database", "http");

    @ArchTest
    static final ArchRule webhooks_are_a_leaf = usesOfOursOnly("webhook", "subscription");

    @ArchTest
    static final ArchRule nothing_uses_webhooks = classes()
            .that()
            .resideInAPackage(OURS + "webhook")
            .should()
            .onlyHaveDependentClassesThat()
            .resideInAPackage(OURS + "webhook");

    @ArchTest
    static final ArchRule streams_are_a_leaf = usesOfOursOnly("stream", "feed", "ledger", "access", "operate", "http");

    @ArchTest
    static final ArchRule nothing_uses_streams = classes()
            .that()
            .resideInAPackage(OURS + "stream")
            .should()
            .onlyHaveDependentClassesThat()
            .resideInAPackage(OURS + "stream");

    @ArchTest
    static final ArchRule sources_know_policies_and_the_ledger =
            usesOfOursOnly("source", "policy", "ledger", "access", "database", "http");

    @ArchTest
    static final ArchRule messages_of_others_are_a_leaf =
            usesOfOursOnly("ingest", "run", "ledger", "access", "database", "operate", "http");

    @ArchTest
    static final ArchRule runs_know_how_jobs_are_understood =
            usesOfOursOnly("run", "source", "policy", "ledger", "access", "database", "http");

    @ArchTest
    static final ArchRule how_runs_are_read_is_pure = classes()
            .that()
            .haveNameMatching(
                    OURS
                            + "run\\.(GroupReading|Held|JobInterpretation|Readings|Row|Run|RunEvent|RunGraph|RunGroup|RunKey|RunReading|RunState|Span)(\\$.*)?")
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage("java..", "org.jspecify..", OURS + "run", OURS + "source")
                    .or(equivalentTo(WrittenTime.class)));

    @ArchTest
    static final ArchRule nothing_uses_messages_of_others = classes()
            .that()
            .resideInAPackage(OURS + "ingest")
            .should()
            .onlyHaveDependentClassesThat()
            .resideInAPackage(OURS + "ingest");

    @ArchTest
    static final ArchRule the_gate_knows_policies_the_ledger_and_its_feed = usesOfOursOnly(
            "gate",
            "receipt",
            "timeliness",
            "policy",
            "readiness",
            "ledger",
            "feed",
            "database",
            "access",
            "operate",
            "http");

    @ArchTest
    static final ArchRule uses_are_held_against_histories =
            usesOfOursOnly("use", "timeliness", "policy", "readiness", "ledger", "database", "access", "http");

    @ArchTest
    static final ArchRule receipts_know_what_a_verdict_says =
            usesOfOursOnly("receipt", "readiness", "ledger", "database", "access", "http");

    @ArchTest
    static final ArchRule the_database_that_comes_along_is_a_leaf = usesOfOursOnly("embedded");

    @ArchTest
    static final ArchRule only_the_launcher_uses_the_database_that_comes_along = classes()
            .that()
            .resideInAPackage(OURS + "embedded")
            .should()
            .onlyHaveDependentClassesThat(
                    residesIn(OURS + "embedded").or(JavaClass.Predicates.equivalentTo(Launcher.class)));

    @ArchTest
    static final ArchRule the_demo_comes_by_http_like_everybody = usesOfOursOnly("demo");

    @ArchTest
    static final ArchRule what_completes_the_contract_is_a_leaf = usesOfOursOnly("contract", "http");

    @ArchTest
    static final ArchRule nothing_uses_what_completes_the_contract = classes()
            .that()
            .resideInAPackage(OURS + "contract")
            .should()
            .onlyHaveDependentClassesThat()
            .resideInAPackage(OURS + "contract");

    @ArchTest
    static final ArchRule the_mirror_follows_the_feed =
            usesOfOursOnly("mirror", "feed", "ledger", "access", "database", "http");

    @ArchTest
    static final ArchRule nothing_uses_the_mirror = classes()
            .that()
            .resideInAPackage(OURS + "mirror")
            .should()
            .onlyHaveDependentClassesThat()
            .resideInAPackage(OURS + "mirror");

    @ArchTest
    static final ArchRule publishing_is_a_leaf = usesOfOursOnly("pubsub", "subscription", "http");

    @ArchTest
    static final ArchRule only_two_classes_know_google = noClasses()
            .that()
            .haveNameNotMatching(OURS + "(pubsub\\.Connection|mirror\\.Warehouse)(\\$.*)?")
            .should()
            .dependOnClassesThat(
                    residesIn("com.google.cloud..", "com.google.api..", "com.google.pubsub..", "io.grpc.."));

    @ArchTest
    static final ArchRule what_operators_see_knows_http_alone = usesOfOursOnly("operate", "http");

    @ArchTest
    static final ArchRule connections_know_nothing_of_what_is_asked = usesOfOursOnly("connection");

    @ArchTest
    static final ArchRule nothing_uses_connections = classes()
            .that()
            .resideInAPackage(OURS + "connection")
            .should()
            .onlyHaveDependentClassesThat()
            .resideInAPackage(OURS + "connection");

    @ArchTest
    static final ArchRule arrows_go_round_in_no_circle =
            slices().matching(OURS + "(*)..").should().beFreeOfCycles();

    /** Uses by tests count too, so the classes are others than those of the rules above. */
    @Test
    void what_is_public_is_used_by_another_package() {
        classes()
                .that(areOurCode())
                .and()
                .areTopLevelClasses()
                .and()
                .arePublic()
                .and()
                .areNotAnnotatedWith(QuarkusMain.class)
                .and()
                .areNotAnnotatedWith(OpenApiFilter.class)
                .and()
                .areNotAssignableTo(ConfigSourceFactory.class)
                .should(satisfy("be used by another package", ArchitectureTest::isUsedElsewhere))
                .check(new ClassFileImporter().importPackages("io.phaseledger"));
    }

    @ArchTest
    static final ArchRule names_say_what_a_class_is =
            noClasses().should().haveNameMatching(".*(Impl|Util|Utils|Helper|Manager|Service|Dto|Base|Common)(\\$.*)?");

    /** The short ways to make one take no description. */
    @ArchTest
    static final ArchRule metrics_say_what_they_are = noClasses()
            .should()
            .callMethodWhere(JavaCall.Predicates.target(
                            HasOwner.Predicates.With.owner(JavaClass.Predicates.type(MeterRegistry.class)))
                    .and(JavaCall.Predicates.target(HasName.Predicates.nameMatching(
                            "counter|gauge|gaugeCollectionSize|gaugeMapSize|summary|timer"))))
            .as("metrics are made by builders, which take a description");

    @ArchTest
    static final ArchRule null_is_marked_everywhere =
            classes().should(satisfy("be in a package that is @NullMarked", ArchitectureTest::isInNullMarkedPackage));

    /** Of ours, a package uses itself and these. */
    private static ArchRule usesOfOursOnly(String name, String... others) {
        String[] allowed = Stream.concat(Stream.of(name), Arrays.stream(others))
                .map(OURS::concat)
                .toArray(String[]::new);
        return noClasses()
                .that()
                .resideInAPackage(OURS + name)
                .should()
                .dependOnClassesThat(residesIn("io.phaseledger..").and(DescribedPredicate.not(residesIn(allowed))))
                .as(name + " uses, of ours, only " + List.of(others));
    }

    private static DescribedPredicate<JavaClass> residesIn(String... packages) {
        return JavaClass.Predicates.resideInAnyPackage(packages);
    }

    private static DescribedPredicate<JavaClass> areOurCode() {
        return DescribedPredicate.describe(
                "are our code",
                type -> type.getSource()
                        .map(source -> !source.getUri().getPath().contains("test-classes"))
                        .orElse(false));
    }

    /** A use of a constant leaves no trace in a class file, so a public constant speaks for its class. */
    private static boolean isUsedElsewhere(JavaClass type) {
        return type.getFields().stream().anyMatch(ArchitectureTest::isPublicConstant)
                || type.getDirectDependenciesToSelf().stream()
                        .anyMatch(use -> !use.getOriginClass().getPackageName().equals(type.getPackageName()));
    }

    private static boolean isPublicConstant(JavaField field) {
        return field.getModifiers().containsAll(List.of(JavaModifier.PUBLIC, JavaModifier.STATIC, JavaModifier.FINAL));
    }

    private static boolean isInNullMarkedPackage(JavaClass type) {
        return type.getPackage().isAnnotatedWith(NullMarked.class);
    }

    private static ArchCondition<JavaClass> satisfy(String what, Predicate<JavaClass> predicate) {
        return new ArchCondition<>(what) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                String message = type.getName() + (predicate.test(type) ? " does " : " does not ") + what;
                events.add(new SimpleConditionEvent(type, predicate.test(type), message));
            }
        };
    }
}
