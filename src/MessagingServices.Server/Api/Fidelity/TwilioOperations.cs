using System.Collections.Frozen;

namespace MessagingServices.Server.Api.Fidelity;

/// <summary>
/// The table that decides what the server has of Twilio: every operation of the emulated products, each with its
/// status. <c>twilio-operations.txt</c> is made from Twilio's specifications. <c>emulated-operations.txt</c> is written
/// by hand, and says which of them the server has. Whatever is not in it is refused.
/// </summary>
internal static class TwilioOperations
{
    /// <summary>All operations, by product, path and method.</summary>
    public static IReadOnlyList<TwilioOperation> All { get; } = Read();

    private static readonly FrozenDictionary<string, TwilioOperation> ByKey =
        All.ToFrozenDictionary(operation => operation.Key, StringComparer.Ordinal);

    /// <summary>The operation of a route; null when Twilio has none.</summary>
    /// <param name="method">The HTTP method.</param>
    /// <param name="pattern">The pattern of the route.</param>
    public static TwilioOperation? Find(string method, string pattern) =>
        ByKey.GetValueOrDefault(TwilioOperation.KeyOf(method, pattern));

    /// <summary>
    /// All operations count, also those that the server does not have, so that no name changes when it has more.
    /// </summary>
    private static IEnumerable<TwilioOperation> WithUniqueIds(IReadOnlyList<TwilioOperation> operations)
    {
        foreach (var same in operations.GroupBy(operation => operation.Id))
        {
            var isOfOneProduct = same.DistinctBy(operation => operation.Product).Count() == 1;
            foreach (var operation in same)
            {
                var prefix = same.Count() == 1 ? ""
                    : Capitalised(operation.Product)
                        + (isOfOneProduct ? Capitalised(operation.Path.Split('/')[1]) : "");
                yield return operation with { Id = prefix + operation.Id };
            }
        }
    }

    private static string Capitalised(string word) => $"{char.ToUpperInvariant(word[0])}{word[1..]}";

    private static List<TwilioOperation> Read()
    {
        List<TwilioOperation> specified =
        [
            .. from line in Table.Read(typeof(TwilioOperations), "twilio-operations.txt")
               let row = line.Split(' ')
               select new TwilioOperation(row[0], row[1], row[2], row[4..]) { Id = row[3] },
        ];
        var operations = WithUniqueIds(specified)
            .ToDictionary(operation => (operation.Product, operation.Method, operation.Path));
        var emulated = Table.Read(typeof(TwilioOperations), "emulated-operations.txt").Select(line => line.Split(' '));
        foreach (var row in emulated)
        {
            var key = (row[1], row[2], row[3]);
            operations[key] = operations.GetValueOrDefault(key, new(row[1], row[2], row[3], [])) with
            {
                Status = EnumNames<OperationStatus>.Parse(row[0]), Kept = row[4..],
            };
        }

        return
        [
            .. operations.Values.OrderBy(operation => operation.Product, StringComparer.Ordinal)
                .ThenBy(operation => operation.Path, StringComparer.Ordinal)
                .ThenBy(operation => operation.Method, StringComparer.Ordinal),
        ];
    }
}
