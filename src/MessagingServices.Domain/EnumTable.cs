using System.Text.Json;

namespace MessagingServices.Domain;

/// <summary>The names of an enum's members, by their numbers.</summary>
internal sealed class EnumTable
{
    private readonly string[] byNumber;
    private readonly string[] upperByNumber;
    private readonly Dictionary<string, int> numbers = new(StringComparer.Ordinal);

    /// <param name="type">An enum of <see cref="int"/>, without negative members.</param>
    public EnumTable(Type type)
    {
        var members = (int[])Enum.GetValuesAsUnderlyingType(type);
        Names = Array.ConvertAll(Enum.GetNames(type), JsonNamingPolicy.SnakeCaseLower.ConvertName);
        UpperNames = Array.ConvertAll(Names, name => name.ToUpperInvariant());
        byNumber = new string[members.Max() + 1];
        upperByNumber = new string[byNumber.Length];
        for (var i = 0; i < members.Length; i++)
        {
            byNumber[members[i]] = Names[i];
            upperByNumber[members[i]] = UpperNames[i];
            numbers.Add(Names[i], members[i]);
        }
    }

    /// <summary>The names, in the order of the numbers.</summary>
    public string[] Names { get; }

    public string[] UpperNames { get; }

    /// <exception cref="KeyNotFoundException">No member has the number.</exception>
    public string NameOf(int number) => Find(byNumber, number);

    /// <inheritdoc cref="NameOf"/>
    public string UpperNameOf(int number) => Find(upperByNumber, number);

    /// <exception cref="KeyNotFoundException">No member has the name.</exception>
    public int Parse(string name) => numbers[name];

    public bool TryParse(string name, out int number) => numbers.TryGetValue(name, out number);

    private static string Find(string[] names, int number) =>
        ((uint)number < (uint)names.Length ? names[number] : null)
        ?? throw new KeyNotFoundException($"No member has the number {number}.");
}
