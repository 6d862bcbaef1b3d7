using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace MessagingServices.Server.Data;

/// <summary>Stores a SID as its 34 characters. EF Core also converts the default value, which has none.</summary>
internal sealed class SidConverter() : ValueConverter<Sid, string>(
    sid => sid.Value, text => text.Length == 0 ? default : Sid.Parse(text, null));

/// <summary>Stores an enum value as its name in snake case, which is also its name in the API.</summary>
internal sealed class EnumConverter<T>() : ValueConverter<T, string>(
    value => EnumNames<T>.Of(value), name => EnumNames<T>.Parse(name))
    where T : struct, Enum;

/// <summary>Stores an object as JSON. The server reads and writes such a value only as a whole.</summary>
internal sealed class StoredJsonConverter<T>() : ValueConverter<T, string>(
    value => StoredJson.Write(value), json => StoredJson.Read<T>(json))
    where T : class;

/// <summary>Compares objects by reference. They are immutable, so a changed value is always a new object.</summary>
internal sealed class StoredJsonComparer<T>() : ValueComparer<T>(
    (left, right) => ReferenceEquals(left, right), value => RuntimeHelpers.GetHashCode(value), value => value)
    where T : class;
