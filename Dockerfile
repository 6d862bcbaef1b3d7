# The server with a PostgreSQL of its own, whose data is in /data:
#
#   docker build -t messaging-services .
#   docker run -p 8080:8080 messaging-services
#
# The log has the Auth Token. To use another PostgreSQL, name it with ConnectionStrings__Postgres.

FROM node:22-slim AS postgres
WORKDIR /source
COPY packaging/postgres ./
RUN node archive.mjs --unpacked /postgres

FROM node:22-slim AS console
WORKDIR /source/src/MessagingServices.Console
COPY src/MessagingServices.Console/package.json src/MessagingServices.Console/package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY docs/sdks.md /source/docs/sdks.md
COPY src/MessagingServices.Console ./
RUN npm run build

FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
# The packages first: they change less often than the code, and Docker keeps what did not change.
COPY Directory.Build.props .editorconfig global.json ./
COPY src/Directory.Packages.props src/BannedSymbols.txt src/
COPY src/MessagingServices.Domain/MessagingServices.Domain.csproj src/MessagingServices.Domain/
COPY src/MessagingServices.Server/MessagingServices.Server.csproj src/MessagingServices.Server/
RUN dotnet restore src/MessagingServices.Server --use-current-runtime
COPY README.md CHANGELOG.md CONTRIBUTING.md llms.txt ./
COPY docs docs
COPY src src
COPY --from=console /source/src/MessagingServices.Console/dist src/MessagingServices.Console/dist
RUN dotnet publish src/MessagingServices.Server --configuration Release --no-restore --use-current-runtime --self-contained false \
    --output /app -p:UseAppHost=false

FROM mcr.microsoft.com/dotnet/aspnet:10.0
WORKDIR /app
COPY --from=postgres /postgres /opt/postgresql
COPY --from=build /app .
RUN mkdir /data && chown "$APP_UID" /data
# A container listens on the network, so it gets an Auth Token that nobody knows. A template would not outlive the container.
ENV ASPNETCORE_HTTP_PORTS=8080 \
    Account__AuthToken=random \
    EmbeddedPostgres__Binaries=/opt/postgresql/bin \
    EmbeddedPostgres__DataDirectory=/data/postgres \
    EmbeddedPostgres__TemplateDirectory=
VOLUME /data
EXPOSE 8080
USER $APP_UID
# The image has no curl; bash can open the connection itself.
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/${ASPNETCORE_HTTP_PORTS%%;*} && printf 'GET /readyz HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n' >&3 && head -n 1 <&3 | grep -q ' 200 '"]
ENTRYPOINT ["dotnet", "MessagingServices.Server.dll"]
