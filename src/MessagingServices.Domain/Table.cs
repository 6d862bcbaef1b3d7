namespace MessagingServices.Domain;

/// <summary>
/// Reads tables of facts that change more often than the code. They are embedded text files with one row a line;
/// <c>#</c> starts a comment.
/// </summary>
public static class Table
{
    internal static IReadOnlyList<string> Read(string name) => Read(typeof(Table), name);

    /// <summary>The rows of a table, without empty lines and comments.</summary>
    /// <param name="owner">A type of the assembly and of the namespace that have the table.</param>
    /// <param name="name">The name of the file.</param>
    /// <exception cref="InvalidOperationException">There is no such table.</exception>
    public static IReadOnlyList<string> Read(Type owner, string name)
    {
        using var stream = owner.Assembly.GetManifestResourceStream(owner, name)
            ?? throw new InvalidOperationException($"The table {name} is missing.");
        using var reader = new StreamReader(stream);
        const StringSplitOptions options = StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries;
        return [.. reader.ReadToEnd().Split('\n', options).Where(line => line[0] != '#')];
    }
}
