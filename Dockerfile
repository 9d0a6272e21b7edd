# Meshdrill in a container: built in one image, run in another that holds the program and nothing to build with.
#
#   docker build -t meshdrill .
#   docker run --rm -p 127.0.0.1:4747:4747 -v meshdrill:/data meshdrill

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
EXPOSE 4747
# The database answers. The image has no HTTP client; its shell can speak that much.
HEALTHCHECK --interval=60s --timeout=10s --start-period=10s --retries=3 \
    CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/4747 && printf 'GET /readyz HTTP/1.0\\r\\n\\r\\n' >&3 && grep -q '^ready' <&3"]
ENTRYPOINT ["meshdrill"]
# The room in the browser. Inside a container it has to listen on every address; the key that it prints keeps others out.
CMD ["serve", "--listen", "0.0.0.0"]
