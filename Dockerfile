# The service in an image, which needs a PostgreSQL: QUARKUS_DATASOURCE_JDBC_URL, _USERNAME and _PASSWORD. The embedded one
# stays outside (.dockerignore), as a container's disk is no place for a ledger. Build the application first:
#
#   ./mvnw package -DskipTests && docker build -t phase-ledger .
#
# BASE is any image with a Java 17 or later at /usr/bin or on the PATH.
ARG BASE=docker.io/library/eclipse-temurin:25-jre
FROM ${BASE}

# Layers from the one that changes least to the one that changes most.
COPY target/quarkus-app/lib/ /app/lib/
COPY target/quarkus-app/*.jar /app/
COPY target/quarkus-app/app/ /app/app/
COPY target/quarkus-app/quarkus/ /app/quarkus/

# In a container the port is reached from outside it, or not at all.
ENV QUARKUS_HTTP_HOST=0.0.0.0 \
    JAVA_TOOL_OPTIONS="-XX:MaxRAMPercentage=75 -XX:+ExitOnOutOfMemoryError"

# The root may be mounted read-only: only /tmp is written.
VOLUME ["/tmp"]

USER 1001
WORKDIR /app
EXPOSE 8080
STOPSIGNAL SIGTERM
ENTRYPOINT ["java", "-jar", "/app/quarkus-run.jar"]
