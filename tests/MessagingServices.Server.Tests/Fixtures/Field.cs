using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Mvc;

namespace MessagingServices.Server.Tests.Fixtures;

/// <summary>A row of a resource's field table: what is sent, and what the resource then shows.</summary>
/// <param name="Name">The form parameter.</param>
/// <param name="Sent">Its value; not the default.</param>
/// <param name="Member">The member of the response.</param>
/// <param name="Expected">The member's value as JSON.</param>
public sealed record Field(string Name, string Sent, string Member, string Expected)
{
    public override string ToString() => Name;

    public void AssertShownIn(ApiResponse answer) => AssertMember(answer, Member, Expected);

    public static void AssertMember(ApiResponse answer, string member, string expected) =>
        Assert.True(answer.Body!.AsObject().ContainsKey(member)
            && JsonNode.DeepEquals(answer.Body[member], JsonNode.Parse(expected)),
            $"{member} is {answer.Body[member]?.ToJsonString() ?? "null"}, not {expected}, in {answer.Text}");

    /// <summary>Fails for a parameter of the form that no row of the table tries.</summary>
    public static void AssertCovers(Type form, IEnumerable<Field> table, params string[] triedElsewhere) =>
        Assert.Empty(form.GetProperties()
            .Select(property => property.GetCustomAttribute<FromFormAttribute>()?.Name ?? property.Name)
            .Except(table.Select(field => field.Name)).Except(triedElsewhere));
}
