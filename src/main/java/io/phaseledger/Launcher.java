package io.phaseledger;

import io.phaseledger.access.AuthSettings;
import io.phaseledger.demo.Demo;
import io.phaseledger.embedded.CannotStart;
import io.phaseledger.embedded.DatabaseChoice;
import io.phaseledger.embedded.EmbeddedDatabase;
import io.phaseledger.embedded.Logins;
import io.quarkus.runtime.ApplicationLifecycleManager;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;

/** The process: sees to a database, then runs Quarkus, and stops them in the opposite order. */
@QuarkusMain
public final class Launcher {

    /** How long PostgreSQL waits for Quarkus to finish what it is doing, besides what it is told to wait itself. */
    private static final Duration QUARKUS_STOP_BOUND = Duration.ofSeconds(20);

    private static final CountDownLatch QUARKUS_STOPPED = new CountDownLatch(1);

    Launcher() {}

    public static void main(String... args) throws InterruptedException {
        if (args.length > 0 && args[0].equals(Demo.COMMAND)) {
            System.exit(Demo.run(List.of(args).subList(1, args.length), System.out));
        }
        if (args.length == 0) {
            ClassDataArchive.runService();
        }
        Config config = ConfigProvider.getConfig();
        if (args.length > 0 && args[0].equals(Migrate.COMMAND)) {
            System.exit(Migrate.run(config, List.of(args).subList(1, args.length), System.out));
        }
        if (args.length > 0 && args[0].equals(Verify.COMMAND)) {
            System.exit(verify(config, List.of(args).subList(1, args.length)));
        }
        AuthSettings.refusal(config).ifPresent(Launcher::refuse);
        try {
            if (DatabaseChoice.of(config) == DatabaseChoice.EMBEDDED) {
                startDatabase(config);
            }
        } catch (CannotStart e) {
            refuse(e.getMessage());
        }
        if (args.length > 0 && args[0].equals(Rehearsal.COMMAND)) {
            Quarkus.run(Rehearsal.class, args);
        } else {
            Quarkus.run(args);
        }
    }

    private static int verify(Config config, List<String> arguments) {
        try {
            if (DatabaseChoice.of(config) == DatabaseChoice.EMBEDDED) {
                reachDatabase(config);
            }
            return Verify.run(config, arguments, System.out);
        } catch (CannotStart | IOException e) {
            System.err.println(e.getMessage());
            return Verify.NOT_ASKED;
        }
    }

    /** That of a running instance, or what the last one left, started for as long as this process takes. */
    private static void reachDatabase(Config config) throws IOException {
        Path home = dataDir(config);
        if (!EmbeddedDatabase.isIn(home)) {
            throw new CannotStart("There is no database in " + home.toAbsolutePath() + ".");
        }
        Optional<Logins> running = EmbeddedDatabase.running(home);
        if (running.isPresent()) {
            running.get().settings().forEach(System::setProperty);
        } else {
            startDatabase(config);
        }
    }

    private static void refuse(@Nullable String why) {
        System.err.println(why);
        System.exit(1);
    }

    /** System properties outrank all else and, in dev mode, outlive a reload, which then finds a configured database. */
    private static void startDatabase(Config config) {
        EmbeddedDatabase database = EmbeddedDatabase.in(dataDir(config));
        noticeTheEndOfQuarkus();
        Duration bound = QUARKUS_STOP_BOUND
                .plus(duration(config, "quarkus.shutdown.delay"))
                .plus(duration(config, "quarkus.shutdown.timeout"));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(database, bound), "postgresql-stop"));
        database.start();
        database.logins().settings().forEach(System::setProperty);
    }

    private static Path dataDir(Config config) {
        return Path.of(config.getValue("phase-ledger.data-dir", String.class));
    }

    private static Duration duration(Config config, String name) {
        return config.getOptionalValue(name, Duration.class).orElse(Duration.ZERO);
    }

    /** Runs on SIGTERM, when nothing after Quarkus.run does. */
    private static void stop(EmbeddedDatabase database, Duration bound) {
        if (ApplicationLifecycleManager.getCurrentApplication() != null) {
            awaitQuarkus(bound);
        }
        database.close();
    }

    private static void awaitQuarkus(Duration bound) {
        try {
            // Past the bound PostgreSQL stops anyway: what Quarkus has not finished by then is refused, not lost.
            boolean unused = QUARKUS_STOPPED.await(bound.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** By the default handler, because to a run with one of its own Quarkus does not say why it failed to start. */
    private static void noticeTheEndOfQuarkus() {
        BiConsumer<Integer, Throwable> exit = ApplicationLifecycleManager.getDefaultExitCodeHandler();
        ApplicationLifecycleManager.setDefaultExitCodeHandler((code, error) -> {
            QUARKUS_STOPPED.countDown();
            exit.accept(code, error);
        });
    }
}
