using System.Globalization;
using System.Reflection;
using FluentValidation;
using MessagingServices.Server.Api.Documentation;
using MessagingServices.Server.Api.Http;

namespace MessagingServices.Server.Tests.Api.Documentation;

/// <summary>The description of a field and the rule for it do not disagree.</summary>
public sealed class FormShapesTests
{
    /// <summary>Every rule of the server that says which values are good.</summary>
    public static TheoryData<string> Rules => [.. All.Keys.Order()];

    private static readonly Dictionary<string, IFieldRule> All = (
        from type in typeof(FormShapes).Assembly.GetTypes()
        where type is { IsAbstract: false, ContainsGenericParameters: false }
            && type.IsAssignableTo(typeof(IValidator)) && type.GetConstructor([]) is not null
        from found in FormShapes.FieldRulesOf((IValidator)Activator.CreateInstance(type)!)
            .Select((rule, place) => (rule.Member, rule.Rule, Place: place))
        select (Name: $"{type.FullName}.{found.Member.Name} {found.Place}", found.Rule))
        .ToDictionary(row => row.Name, row => row.Rule);

    [Theory]
    [MemberData(nameof(Rules))]
    public void A_rule_refuses_what_its_shape_excludes(string rule)
    {
        var check = All[rule].GetType().GetMethod("IsValid", BindingFlags.Public | BindingFlags.Instance)!;
        var isOfList = check.GetParameters()[1].ParameterType == typeof(string[]);

        Assert.All(Excluded(All[rule].Shape, isOfList), value => Assert.False(
            (bool)check.Invoke(All[rule], [null, value])!, $"{rule} accepts {value}."));
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void A_rule_accepts_the_words_and_the_bounds_of_its_shape(string rule)
    {
        var check = All[rule].GetType().GetMethod("IsValid", BindingFlags.Public | BindingFlags.Instance)!;
        var isOfList = check.GetParameters()[1].ParameterType == typeof(string[]);
        var shape = All[rule].Shape;
        var good = shape.Words.Concat(((decimal?[])[shape.Min, shape.Max]).OfType<decimal>().Select(Text));

        Assert.All(good, value => Assert.True(
            (bool)check.Invoke(All[rule], [null, isOfList ? new[] { value } : value])!, $"{rule} refuses {value}."));
    }

    private static IEnumerable<object?> Excluded(FieldShape shape, bool isOfList)
    {
        if (shape.IsRequired) yield return null;
        foreach (var text in ExcludedTexts(shape)) yield return isOfList ? new[] { text } : text;
        if (shape.MaxItems is { } max) yield return Enumerable.Repeat("https://example.com/a", max + 1).ToArray();
        if (shape.MinItems is { } min) yield return Enumerable.Repeat("https://example.com/a", min - 1).ToArray();
    }

    private static IEnumerable<string> ExcludedTexts(FieldShape shape)
    {
        if (shape.Words.Count > 0 || shape.Type != FieldType.Text || shape.Format is not null
            || shape.Pattern is not null)
            yield return "?";
        if (shape.Type == FieldType.Integer) yield return "1.5";
        if (shape.Min is { } least) yield return Text(least - 1);
        if (shape.Max is { } most) yield return Text(most + 1);
        if (shape.MaxLength is { } longest) yield return new string('a', longest + 1);
        if (shape.MinLength is > 1 and { } shortest) yield return new string('a', shortest - 1);
    }

    private static string Text(decimal number) => number.ToString(CultureInfo.InvariantCulture);
}
