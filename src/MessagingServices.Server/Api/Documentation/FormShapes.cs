using System.Collections.Concurrent;
using System.Reflection;
using FluentValidation;
using FluentValidation.Validators;
using MessagingServices.Server.Api.Http;

namespace MessagingServices.Server.Api.Documentation;

/// <summary>The shapes of members: those of the rules for their type, else of <see cref="ShapeAttribute"/>.</summary>
internal sealed class FormShapes(FormValidators validators)
{
    private readonly ConcurrentDictionary<Type, Dictionary<string, FieldShape>> shapes = new();

    /// <summary>The shape of a member of a form, filter, body or resource.</summary>
    public FieldShape Of(Type owner, PropertyInfo member) =>
        shapes.GetOrAdd(owner, Read).GetValueOrDefault(member.Name) ?? new();

    /// <summary>The rules for a type; null when it has none.</summary>
    public IValidator? RulesOf(Type owner) => validators.Of(owner);

    private Dictionary<string, FieldShape> Read(Type owner)
    {
        Dictionary<string, FieldShape> found = [];
        foreach (var property in owner.GetProperties())
            if (property.GetCustomAttribute<ShapeAttribute>() is { } attribute)
                found[property.Name] = attribute.ToShape();
        if (RulesOf(owner) is not { } rules) return found;
        foreach (var (member, rule, isConditional) in FieldRulesOf(rules))
        {
            var shape = isConditional ? rule.Shape with { IsRequired = false } : rule.Shape;
            found[member.Name] = found.GetValueOrDefault(member.Name)?.And(shape) ?? shape;
        }

        return found;
    }

    /// <summary>
    /// The rules that say which values are good, with their members, and whether they are checked only sometimes.
    /// </summary>
    internal static IEnumerable<(MemberInfo Member, IFieldRule Rule, bool IsConditional)> FieldRulesOf(
        IValidator rules)
    {
        foreach (var rule in rules.CreateDescriptor().Rules)
        foreach (var component in rule.Components)
        {
            var isConditional = rule.HasCondition || component.HasCondition;
            if (rule.Member is { } member)
            {
                if (component.Validator is IFieldRule field) yield return (member, field, isConditional);
            }
            else if (component.Validator is IChildValidatorAdaptor child)
            {
                foreach (var inner in FieldRulesOf(RulesOf(child)))
                    yield return inner with { IsConditional = isConditional || inner.IsConditional };
            }
        }
    }

    /// <summary>
    /// Rules for the form itself that are written elsewhere. They are the same whatever the form has.
    /// </summary>
    private static IValidator RulesOf(IChildValidatorAdaptor child)
    {
        var get = child.GetType().GetMethod(nameof(ChildValidatorAdaptor<,>.GetValidator))!;
        var context = Activator.CreateInstance(get.GetParameters()[0].ParameterType, [null]);
        return (IValidator)get.Invoke(child, [context, null])!;
    }
}
