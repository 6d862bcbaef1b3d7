using MessagingServices.Server.Api.Fidelity;

namespace MessagingServices.Server.Api.Emulator;

/// <summary>What the server has of Twilio.</summary>
internal sealed record FidelityResource
{
    /// <summary>The operations, by product and path.</summary>
    public required IReadOnlyList<FidelityOperation> Operations { get; init; }

    /// <summary>The resource, by the routes of the server.</summary>
    public static FidelityResource Of(EndpointDataSource endpoints) => new()
    {
        Operations =
        [
            .. FidelityReport.Of(endpoints).Select(FidelityOperation.Of),
            .. FidelityReport.RefusedPaths.Select(path => FidelityOperation.Of(new(path, []))),
        ],
    };
}

/// <summary>An operation of Twilio's.</summary>
internal sealed record FidelityOperation
{
    /// <summary>The product, such as <c>messaging</c>: the first label of its host.</summary>
    public required string Product { get; init; }

    /// <summary>The HTTP method; <c>*</c> for all.</summary>
    public required string Method { get; init; }

    /// <summary>The path on the product's host, with placeholders; <c>/*</c> at its end means all below it.</summary>
    public required string Path { get; init; }

    /// <summary>
    /// <c>behaves</c>; <c>shape_only</c>: stored and shown, without effect; or <c>refused</c>: 501, code 99501.
    /// </summary>
    public required OperationStatus Status { get; init; }

    /// <summary>Its parameters, where it is not refused.</summary>
    public required IReadOnlyList<FidelityParameter> Parameters { get; init; }

    internal static FidelityOperation Of(EmulatedOperation emulated) => new()
    {
        Product = emulated.Operation.Product,
        Method = emulated.Operation.Method,
        Path = emulated.Operation.Path,
        Status = emulated.Operation.Status,
        Parameters = [.. emulated.Parameters.Select(parameter => new FidelityParameter
        {
            Name = parameter.Name, Status = parameter.Status,
        })],
    };
}

/// <summary>A parameter of an operation.</summary>
internal sealed record FidelityParameter
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary><c>honoured</c>; <c>kept</c>: taken without effect; or <c>ignored</c>: not read.</summary>
    public required ParameterStatus Status { get; init; }
}
