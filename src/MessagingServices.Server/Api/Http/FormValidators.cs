using System.Collections.Concurrent;
using FluentValidation;

namespace MessagingServices.Server.Api.Http;

/// <summary>The validators of the forms in this program. Each is made when its form is first checked.</summary>
internal sealed class FormValidators
{
    // Looking through all classes takes 30 ms of a processor, so a start does not.
    private readonly Lazy<Dictionary<Type, Type>> types = new(() => AssemblyScanner
        .FindValidatorsInAssembly(typeof(Program).Assembly, includeInternalTypes: true)
        .ToDictionary(found => found.InterfaceType.GenericTypeArguments[0], found => found.ValidatorType));

    private readonly ConcurrentDictionary<Type, IValidator?> rules = new();

    /// <summary>The rules for a form that has some.</summary>
    /// <exception cref="InvalidOperationException">It has none.</exception>
    public IValidator<TForm> Of<TForm>() => (IValidator<TForm>?)Of(typeof(TForm))
        ?? throw new InvalidOperationException($"{typeof(TForm).Name} has no rules.");

    /// <summary>The rules for a form; null when it has none.</summary>
    public IValidator? Of(Type form) => rules.GetOrAdd(
        form, key => types.Value.TryGetValue(key, out var type) ? (IValidator)Activator.CreateInstance(type)! : null);
}
