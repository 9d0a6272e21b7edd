# Meshdrill in a container: built in one image, run in another that holds the program and nothing to build with.
#
#   docker build -t meshdrill .
#   docker run --rm -it -v meshdrill:/data meshdrill

ARG DEBIAN=trixie

FROM rust:1.95-slim-${DEBIAN} AS build
WORKDIR /src
COPY . .
# What cargo downloads and what it built are kept between builds, outside the image. SQLite and ring are compiled from
# source with the C compiler that this image brings.
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/src/target \
    cargo build --locked --profile dist --bin meshdrill \
    && cp target/dist/meshdrill /usr/local/bin/meshdrill

FROM debian:${DEBIAN}-slim
# Certificates, time zones and SQLite are in the program, so no package is added. The user has a number of its own, so
# that a cluster can see that it isn't root.
RUN groupadd --gid 10001 meshdrill \
    && useradd --uid 10001 --gid 10001 --home-dir /data --no-create-home --shell /usr/sbin/nologin meshdrill \
    && install --directory --owner=10001 --group=10001 --mode=0700 /data
COPY --from=build /usr/local/bin/meshdrill /usr/local/bin/meshdrill
USER 10001:10001
ENV MESHDRILL_DATA=/data
VOLUME /data
WORKDIR /data
# Cheap, and without the database, which one process alone may have open: the program starts and can read its questions.
HEALTHCHECK --interval=60s --timeout=10s --start-period=10s --retries=3 CMD ["meshdrill", "questions", "check"]
ENTRYPOINT ["meshdrill"]
# The room in the terminal.
CMD ["practice"]
