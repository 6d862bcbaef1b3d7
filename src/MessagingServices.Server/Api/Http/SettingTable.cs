using System.Linq.Expressions;
using System.Reflection;
using FluentValidation;

namespace MessagingServices.Server.Api.Http;

/// <summary>
/// The settings of a resource, one line each: the field of the form, the property of the entity, and the kind of the
/// value. The kind decides the rule, and how the field changes the property: an absent field keeps it, an empty field
/// clears it.
/// </summary>
/// <typeparam name="TForm">The form of the settings. Its fields are raw texts.</typeparam>
/// <typeparam name="TEntity">The entity that has the settings.</typeparam>
/// <param name="wrongUrl">The error of a URL, where the resource has one of its own.</param>
/// <param name="wrongMethod">The error of an HTTP method, where the resource has one of its own.</param>
internal sealed class SettingTable<TForm, TEntity>(
    MessagingError? wrongUrl = null, MessagingError? wrongMethod = null)
{
    private readonly InlineValidator<TForm> rules = new();
    private readonly List<Action<TForm, TEntity>> settings = [];

    /// <summary>The rules of all settings, in the order of the table. Include them in the rules of each form.</summary>
    public IValidator<TForm> Rules => rules;

    /// <summary>Changes the entity. The rules have checked the form.</summary>
    public void Apply(TForm form, TEntity entity)
    {
        foreach (var setting in settings) setting(form, entity);
    }

    /// <summary>A URL that can be cleared.</summary>
    public SettingTable<TForm, TEntity> Url(
        Expression<Func<TForm, string?>> field, Expression<Func<TEntity, string?>> property) =>
        Add(
            field, property,
            (rule, name) => _ = wrongUrl is null ? rule.Url(name) : rule.Url().ToApiError(wrongUrl),
            FormValue.OrKeepNullable);

    /// <summary>A SID with the given prefix; it can be cleared.</summary>
    public SettingTable<TForm, TEntity> SidOf(
        string prefix, Expression<Func<TForm, string?>> field, Expression<Func<TEntity, string?>> property) =>
        Add(field, property, (rule, name) => rule.SidOf(name, prefix), FormValue.OrKeepNullable);

    /// <summary>An HTTP method, <c>GET</c> or <c>POST</c>; an empty field sets <c>POST</c>.</summary>
    public SettingTable<TForm, TEntity> Method(
        Expression<Func<TForm, string?>> field, Expression<Func<TEntity, string>> property) =>
        Add(
            field, property,
            (rule, name) => _ = wrongMethod is null
                ? rule.HttpMethod(name) : rule.HttpMethod().ToApiError(wrongMethod),
            FormValue.OrKeepMethod);

    /// <summary>A boolean, <c>true</c> or <c>false</c>.</summary>
    public SettingTable<TForm, TEntity> Boolean(
        Expression<Func<TForm, string?>> field, Expression<Func<TEntity, bool>> property) =>
        Add(field, property, (rule, name) => rule.Boolean(name), FormValue.OrKeep);

    /// <summary>A whole number; both bounds are allowed.</summary>
    public SettingTable<TForm, TEntity> WholeNumber(
        Expression<Func<TForm, string?>> field, Expression<Func<TEntity, int>> property, int min, int max,
        MessagingError outOfRange) =>
        Add(field, property, (rule, _) => rule.WholeNumber().Between(min, max, outOfRange), FormValue.OrKeep);

    /// <summary>A word of an enum, in snake case.</summary>
    public SettingTable<TForm, TEntity> Word<T>(
        Expression<Func<TForm, string?>> field, Expression<Func<TEntity, T>> property, MessagingError error)
        where T : struct, Enum =>
        Add(field, property, (rule, _) => rule.OneOf(EnumNames<T>.All).ToApiError(error), FormValue.OrKeep);

    /// <summary>A setting with a rule of its own.</summary>
    /// <param name="field">The field of the form.</param>
    /// <param name="property">The property of the entity.</param>
    /// <param name="addRule">Adds the rule; it receives the name of the parameter.</param>
    /// <param name="change">The new value, from the field and the present value.</param>
    public SettingTable<TForm, TEntity> Add<T>(
        Expression<Func<TForm, string?>> field, Expression<Func<TEntity, T>> property,
        Action<IRuleBuilder<TForm, string?>, string> addRule, Func<string?, T, T> change)
    {
        var target = Property(property);
        var get = target.GetMethod!.CreateDelegate<Func<TEntity, T>>();
        var set = target.SetMethod!.CreateDelegate<Action<TEntity, T>>();
        return Add(field, addRule, (entity, value) => set(entity, change(value, get(entity))));
    }

    /// <summary>A setting that is not simply a property of the entity.</summary>
    /// <param name="field">The field of the form.</param>
    /// <param name="addRule">Adds the rule; it receives the name of the parameter.</param>
    /// <param name="apply">Changes the entity; the field is null when it is absent.</param>
    public SettingTable<TForm, TEntity> Add(
        Expression<Func<TForm, string?>> field, Action<IRuleBuilder<TForm, string?>, string> addRule,
        Action<TEntity, string?> apply)
    {
        var source = Property(field);
        var read = source.GetMethod!.CreateDelegate<Func<TForm, string?>>();
        addRule(rules.RuleFor(field), source.Name);
        settings.Add((form, entity) => apply(entity, read(form)));
        return this;
    }

    private static PropertyInfo Property<TOwner, T>(Expression<Func<TOwner, T>> property) =>
        (PropertyInfo)((MemberExpression)property.Body).Member;
}
