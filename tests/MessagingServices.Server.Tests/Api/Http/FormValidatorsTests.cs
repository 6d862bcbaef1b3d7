using FluentValidation;
using MessagingServices.Server.Api.Http;

namespace MessagingServices.Server.Tests.Api.Http;

/// <summary>Every form has the rules that were written for it.</summary>
public sealed class FormValidatorsTests
{
    [Fact]
    public void All_rules_are_found_by_their_forms()
    {
        FormValidators validators = new();
        var written = AssemblyScanner.FindValidatorsInAssembly(typeof(Program).Assembly, includeInternalTypes: true)
            .ToList();

        Assert.True(written.Count > 50);
        Assert.All(written, rules => Assert.IsType(
            rules.ValidatorType, validators.Of(rules.InterfaceType.GenericTypeArguments[0])));
    }

    [Fact]
    public void A_form_without_rules_has_none()
    {
        FormValidators validators = new();

        var form = typeof(string);
        Assert.Null(validators.Of(form));
        Assert.Throws<InvalidOperationException>(validators.Of<string>);
    }
}
