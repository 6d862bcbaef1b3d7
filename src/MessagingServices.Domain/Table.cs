namespace MessagingServices.Domain;

/// <summary>
/// Reads tables of facts that change more often than the code. They are embedded text files with one row a line;
/// <c>#</c> starts a comment.
/// </summary>
internal static class Table
{
    public static IReadOnlyList<string> Read(string name)
    {
        using var stream = typeof(Table).Assembly.GetManifestResourceStream(typeof(Table), name)
            ?? throw new InvalidOperationException($"The table {name} is missing.");
        using var reader = new StreamReader(stream);
        const StringSplitOptions options = StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries;
        return [.. reader.ReadToEnd().Split('\n', options).Where(line => line[0] != '#')];
    }
}
