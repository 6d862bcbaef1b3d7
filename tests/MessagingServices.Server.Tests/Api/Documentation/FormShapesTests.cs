using System.Globalization;
using System.Reflection;
using FluentValidation;
using MessagingServices.Server.Api.Documentation;
using MessagingServices.Server.Api.Http;

namespace MessagingServices.Server.Tests.Api.Documentation;

/// <summary>The description of a field and the rule for it do not disagree.</summary>
public sealed class FormShapesTests
{
    private static readonly List<(string Name, IFieldRule Rule)> Rules =
    [
        .. from type in typeof(FormShapes).Assembly.GetTypes()
           where type is { IsAbstract: false, ContainsGenericParameters: false }
               && type.IsAssignableTo(typeof(IValidator)) && type.GetConstructor([]) is not null
           from found in FormShapes.FieldRulesOf((IValidator)Activator.CreateInstance(type)!)
           select ($"{type.FullName}: {found.Member.Name}", found.Rule),
    ];

    [Fact]
    public void A_rule_refuses_what_its_shape_excludes() => Assert.Empty(
        from rule in Rules
        from value in Excluded(rule.Rule.Shape, IsOfList(rule.Rule))
        where Accepts(rule.Rule, value)
        select $"{rule.Name} accepts {value}");

    [Fact]
    public void A_rule_accepts_the_words_and_the_bounds_of_its_shape() => Assert.Empty(
        from rule in Rules
        let bounds = ((decimal?[])[rule.Rule.Shape.Min, rule.Rule.Shape.Max]).OfType<decimal>().Select(Text)
        from value in rule.Rule.Shape.Words.Concat(bounds)
        where !Accepts(rule.Rule, IsOfList(rule.Rule) ? new[] { value } : value)
        select $"{rule.Name} refuses {value}");

    [Fact]
    public void All_rules_are_checked() => Assert.True(Rules.Count > 100, $"There are only {Rules.Count} rules.");

    private static MethodInfo Check(IFieldRule rule) => rule.GetType().GetMethod("IsValid")!;

    private static bool IsOfList(IFieldRule rule) => Check(rule).GetParameters()[1].ParameterType == typeof(string[]);

    private static bool Accepts(IFieldRule rule, object? value) => (bool)Check(rule).Invoke(rule, [null, value])!;

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
