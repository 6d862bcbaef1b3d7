using System.Collections.Frozen;
using System.Reflection;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.Primitives;

namespace MessagingServices.Server.Api.Http;

/// <summary>
/// Reads forms and filters whose members are raw texts (<c>string</c>, of a parameter given twice the first) or lists
/// of them (<c>string[]</c>). A parameter has the name of its member, or the one in its <c>[FromForm]</c> or
/// <c>[FromQuery]</c>. Names are case-sensitive, as at Twilio; a parameter of another name is ignored.
/// </summary>
internal static class FormFields<TForm> where TForm : class, new()
{
    private static readonly FrozenDictionary<string, Action<TForm, StringValues>> Fields =
        FormParameters.Of(typeof(TForm)).ToFrozenDictionary(FormParameters.NameOf, Setter, StringComparer.Ordinal);

    /// <summary>The form; members that were not sent are null.</summary>
    /// <exception cref="TwilioException">20001 for a value that is no text.</exception>
    public static TForm Read(IEnumerable<KeyValuePair<string, StringValues>> sent)
    {
        var form = new TForm();
        // Requests have fewer fields than the form could have.
        foreach (var (name, values) in sent)
            if (Fields.TryGetValue(name, out var set)) set(form, ParameterText.Checked(name, values));
        return form;
    }

    private static Action<TForm, StringValues> Setter(PropertyInfo property)
    {
        if (property.PropertyType == typeof(string))
        {
            var single = property.SetMethod!.CreateDelegate<Action<TForm, string?>>();
            return (form, values) => single(form, values[0]);
        }

        if (property.PropertyType != typeof(string[]))
            throw new NotSupportedException($"{property.Name} is neither text nor a list of texts.");
        var all = property.SetMethod!.CreateDelegate<Action<TForm, string?[]>>();
        return (form, values) => all(form, values.ToArray());
    }
}

/// <summary>The parameters of a form, or of a filter.</summary>
internal static class FormParameters
{
    /// <summary>The members that parameters set.</summary>
    public static IEnumerable<PropertyInfo> Of(Type form) =>
        form.GetProperties().Where(property => property.SetMethod is not null);

    /// <summary>The name of the parameter that sets a member.</summary>
    public static string NameOf(PropertyInfo member) =>
        member.GetCustomAttributes().OfType<IModelNameProvider>().FirstOrDefault()?.Name ?? member.Name;
}
