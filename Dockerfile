# The checker as an image: built from this checkout, run on a Java runtime alone.
#   docker build -t mysql-preflight .
ARG BUILD_IMAGE=maven:3.9-eclipse-temurin-25
ARG RUN_IMAGE=eclipse-temurin:25-jre

FROM ${BUILD_IMAGE} AS build
WORKDIR /build
COPY . .
RUN mvn -q -B -DskipTests package

FROM ${RUN_IMAGE}
COPY --from=build /build/checker-cli/target/mysql-preflight /opt/mysql-preflight
# An archive of classes pays off only if it outlives the container that makes it: mount a volume here, and set this to on.
RUN mkdir -p /opt/mysql-preflight/cache && chmod 1777 /opt/mysql-preflight/cache
ENV MYSQL_PREFLIGHT_ARCHIVE=off
USER 65534
ENTRYPOINT ["/opt/mysql-preflight/bin/mysql-preflight"]
CMD ["--help"]
