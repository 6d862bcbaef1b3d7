using System.Collections.Frozen;
using Microsoft.Extensions.Primitives;

namespace MessagingServices.Server.Api.Http;

/// <summary>
/// Reads forms whose members are raw texts (<c>string</c>, of a field given twice the first) or lists of them
/// (<c>string[]</c>), as the framework's binder does, without its cost for each request. Names are compared without
/// regard to case.
/// </summary>
internal static class FormFields<TForm> where TForm : class, new()
{
    private static readonly FrozenDictionary<string, Action<TForm, StringValues>> Fields = typeof(TForm).GetProperties()
        .Where(property => property.SetMethod is not null)
        .ToFrozenDictionary(property => property.Name, Setter, StringComparer.OrdinalIgnoreCase);

    /// <summary>The form; members that were not sent are null.</summary>
    public static TForm Read(IFormCollection sent)
    {
        var form = new TForm();
        // Requests have fewer fields than the form could have.
        foreach (var (name, values) in sent)
            if (Fields.TryGetValue(name, out var set)) set(form, values);
        return form;
    }

    private static Action<TForm, StringValues> Setter(System.Reflection.PropertyInfo property)
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
