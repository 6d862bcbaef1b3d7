using FluentValidation;
using FluentValidation.Validators;

namespace MessagingServices.Server.Api.Http;

/// <summary>A rule that says which values are good.</summary>
internal interface IFieldRule
{
    /// <summary>The values.</summary>
    FieldShape Shape { get; }
}

/// <summary>A rule with the shape of the values that it accepts, so that the API's description has it too.</summary>
/// <param name="shape">The shape. It may be wider than the rule, and leaves out the empty text.</param>
/// <param name="isGood">The rule.</param>
internal sealed class FieldRule<T, TValue>(FieldShape shape, Func<TValue, bool> isGood)
    : PropertyValidator<T, TValue>, IFieldRule
{
    /// <inheritdoc/>
    public override string Name => nameof(FieldRule<,>);

    /// <inheritdoc/>
    public FieldShape Shape => shape;

    /// <inheritdoc/>
    public override bool IsValid(ValidationContext<T> context, TValue value) => isGood(value);
}

/// <summary>Adds such rules.</summary>
internal static class FieldRules
{
    /// <summary>The value must be good, and has this shape.</summary>
    public static IRuleBuilderOptions<T, TValue> Must<T, TValue>(
        this IRuleBuilder<T, TValue> rule, FieldShape shape, Func<TValue, bool> isGood) =>
        rule.SetValidator(new FieldRule<T, TValue>(shape, isGood));
}
