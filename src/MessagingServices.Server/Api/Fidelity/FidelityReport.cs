namespace MessagingServices.Server.Api.Fidelity;

/// <summary>What the server has of Twilio, by the table of operations and the routes themselves.</summary>
internal static class FidelityReport
{
    /// <summary>
    /// All operations of the emulated products. Those that are refused have no parameters here, since the server reads
    /// none.
    /// </summary>
    public static IReadOnlyList<EmulatedOperation> Of(EndpointDataSource endpoints)
    {
        var built = endpoints.Endpoints.Select(endpoint => endpoint.Metadata.GetMetadata<EmulatedOperation>())
            .OfType<EmulatedOperation>().ToLookup(emulated => emulated.Operation);
        return
        [
            .. from operation in TwilioOperations.All
               select operation.Status == OperationStatus.Refused
                   ? new(operation, []) : built[operation].FirstOrDefault() ?? new(operation, []),
        ];
    }

    /// <summary>The paths of Twilio's that are refused as a whole.</summary>
    public static IEnumerable<TwilioOperation> RefusedPaths =>
        from product in TwilioProducts.All
        from path in product.RefusedPaths
        select new TwilioOperation(product.Name, "*", $"{path}/*", []);
}
