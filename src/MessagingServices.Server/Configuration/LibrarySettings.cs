namespace MessagingServices.Server.Configuration;

/// <summary>Settings that libraries read themselves: the server only describes them.</summary>
internal static class LibrarySettings
{
    public static IReadOnlyList<SectionDescription> Sections { get; } =
    [
        new("Addresses", "", null,
        [
            new("AllowedHosts", "`*`", "host names, separated by semicolons; `*` for all",
                "ASP.NET Core refuses requests whose `Host` header names another host, with status 400."),
        ]),
        new("Kestrel", "The web server, for HTTP/1.1 and HTTP/2. It reads the settings of this section itself; see "
            + "[Microsoft's "
            + "documentation](https://learn.microsoft.com/aspnet/core/fundamentals/servers/kestrel/endpoints).", null,
        [
            new("Kestrel:Endpoints:{name}:Url", "unset", "an address like `https://localhost:8443`",
                "An address to listen on, instead of those of `urls`. Any name will do."),
            new("Kestrel:Certificates:Default:Path", "unset", "a path of a `.pfx` or `.pem` file",
                "The certificate for https. `Kestrel:Certificates:Default:Password` is its password, "
                + "`Kestrel:Certificates:Default:KeyPath` the key of a `.pem` file."),
        ]),
        new("OpenTelemetry", "", null,
        [
            new("OTEL_EXPORTER_OTLP_PROTOCOL", "`grpc`", "`grpc` or `http/protobuf`", "The protocol for traces."),
            new("OTEL_EXPORTER_OTLP_HEADERS", "unset", "`name=value`, separated by commas",
                "Headers of the exporter's requests."),
            new("OTEL_SERVICE_NAME", "`messaging-services`", "a name", "The name of this server in traces."),
            new("OTEL_RESOURCE_ATTRIBUTES", "unset", "`name=value`, separated by commas",
                "More attributes of this server in traces."),
            new("OTEL_TRACES_SAMPLER", "`parentbased_always_on`",
                "`always_on`, `always_off`, `traceidratio`, or one of them after `parentbased_`",
                "Which traces are kept."),
            new("OTEL_TRACES_SAMPLER_ARG", "`1`", "0 to 1", "The share of traces that `traceidratio` keeps."),
        ]),
        new("Serilog", "The log. Serilog reads the whole section; see "
            + "[its documentation](https://github.com/serilog/serilog-settings-configuration).",
            "observability.md#logs",
        [
            new("Serilog:MinimumLevel:Default", "`Information`",
                "`Verbose`, `Debug`, `Information`, `Warning`, `Error` or `Fatal`",
                "The lowest level that is logged."),
            new("Serilog:MinimumLevel:Override:{source}", "see `appsettings.json`", "the same",
                "The level for one source of log entries."),
            new("Serilog:WriteTo", "the console", "a list of sinks", "Where the log goes."),
        ]),
    ];
}
