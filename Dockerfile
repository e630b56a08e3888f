# Portico, built from this folder:
#
#   docker build -t portico .
#   docker run --rm -p 8080:8080 portico demo --data /tmp/demo --listen 0.0.0.0:8080     # at http://127.0.0.1:8080
#
# To serve: packaging/compose.yaml, or docs/operating.md.

FROM rust:1.95-trixie AS build
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/usr/local/cargo/registry --mount=type=cache,target=/src/target \
    cargo build --profile dist --locked --package portico && cp target/dist/portico /portico

FROM debian:trixie-slim
# The client tools are for `portico backup` and `restore` on PostgreSQL: as new as the server, or newer.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends ca-certificates postgresql-client-17 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin portico \
    && install --directory --owner=portico --mode=0700 /var/lib/portico
COPY --from=build /portico /usr/local/bin/portico
USER portico
ENV PORTICO_CONFIG=/etc/portico/portico.toml \
    PORTICO_DATA=/var/lib/portico \
    PORTICO_SERVER__LISTEN=0.0.0.0:8080
VOLUME /var/lib/portico
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s CMD ["portico", "probe"]
ENTRYPOINT ["portico"]
CMD ["serve"]
