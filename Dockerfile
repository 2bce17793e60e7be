# docker build -t rembuk .
# docker run -d --name rembuk -e REMBUK_TELEGRAM_TOKEN -v rembuk:/data rembuk
FROM golang:1.26.10 AS build
WORKDIR /source
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=1 go build -trimpath -tags netgo,osusergo \
    -ldflags '-s -w -linkmode external -extldflags "-static"' -o /rembuk . \
    && mkdir /data

FROM scratch
COPY --from=build /rembuk /rembuk
# A new named volume takes over the owner of this folder.
COPY --from=build --chown=65532:65532 --chmod=700 /data /data
USER 65532:65532
ENV REMBUK_DATABASE=/data/rembuk.db
VOLUME /data
HEALTHCHECK --interval=30s --timeout=10s --start-period=20s CMD ["/rembuk", "check", "--alive"]
ENTRYPOINT ["/rembuk"]
CMD ["serve"]
