# One image per service, chosen by SERVICE: docker build --build-arg SERVICE=demo-app .
#
# build → jars → layers → runtime. Where no registry is reachable, offline/services.sh makes the jars on
# the host and puts them in the place of the stage "jars" (--build-context jars=DIR), so that "build"
# and its base image are never asked for.
ARG JAVA_BUILD_IMAGE=maven:3.9.11-eclipse-temurin-25
ARG JAVA_RUNTIME_IMAGE=eclipse-temurin:25-jre

FROM ${JAVA_BUILD_IMAGE} AS build
ARG SERVICE
SHELL ["/bin/bash", "-euo", "pipefail", "-c"]
WORKDIR /src
COPY . .
# No "package" with tests switched off: tests have their own run (./monitoring test); build-jars names
# just the goals that make the jar, and test dependencies are not even fetched.
RUN --mount=type=cache,target=/root/.m2/repository,sharing=locked \
    --mount=type=secret,id=extra_ca \
    --mount=type=secret,id=maven_settings \
    docker/build-jars /jars "$SERVICE"

FROM scratch AS jars
COPY --from=build /jars/ /

# Boot's fat jar taken apart, so that what seldom changes is a layer of its own.
FROM ${JAVA_RUNTIME_IMAGE} AS layers
ARG SERVICE
WORKDIR /layers
COPY --from=jars ${SERVICE}.jar app.jar
RUN ["java", "-Djarmode=tools", "-jar", "app.jar", "extract", "--layers", "--destination", "extracted"]

FROM ${JAVA_RUNTIME_IMAGE} AS service
ARG SERVICE
ENV SERVICE=${SERVICE} \
    PATH=/app/bin:/opt/java/openjdk/bin:/usr/local/bin:/usr/bin:/bin
WORKDIR /app
COPY --from=jars opentelemetry-javaagent.jar agent/
COPY docker/start docker/healthcheck docker/http-status docker/train bin/
COPY docker/services/${SERVICE} service
COPY --from=layers /layers/extracted/dependencies/ ./
COPY --from=layers /layers/extracted/spring-boot-loader/ ./
COPY --from=layers /layers/extracted/snapshot-dependencies/ ./
COPY --from=layers /layers/extracted/application/ ./
# What a service keeps: a new volume put here belongs to its user.
RUN ["install", "-d", "-o", "10001", "-g", "10001", "/var/lib/service"]

FROM service AS training
RUN ["/app/bin/train"]

FROM service AS runtime
COPY --from=training /app/app.aot ./
USER 10001:10001
HEALTHCHECK --interval=15s --timeout=5s --start-period=90s --start-interval=1s --retries=4 CMD ["healthcheck"]
ENTRYPOINT ["start"]
