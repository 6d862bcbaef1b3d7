namespace MessagingServices.Domain;

/// <summary>Tables of facts that change more often than the code: text files in the assembly, a row a line, <c>#</c> before comments.</summary>
internal static class Table
{
    /// <summary>Reads the rows of a table.</summary>
    public static IReadOnlyList<string> Read(string name)
    {
        using var stream = typeof(Table).Assembly.GetManifestResourceStream(typeof(Table), name)
            ?? throw new InvalidOperationException($"The table {name} is missing.");
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Where(line => line[0] != '#')];
    }
}
