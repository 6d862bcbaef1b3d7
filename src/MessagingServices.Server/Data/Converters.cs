using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace MessagingServices.Server.Data;

/// <summary>SIDs are stored as their 34 characters.</summary>
internal sealed class SidConverter() : ValueConverter<Sid, string>(sid => sid.Value, text => Sid.Parse(text, null));

/// <summary>Enums are stored by their names in snake case, as they stand on the wire.</summary>
internal sealed class EnumConverter<T>() : ValueConverter<T, string>(value => EnumNames<T>.Of(value), name => EnumNames<T>.Parse(name))
    where T : struct, Enum;

/// <summary>What is only ever read and written whole is stored as JSON.</summary>
internal sealed class StoredJsonConverter<T>() : ValueConverter<T, string>(value => StoredJson.Write(value), json => StoredJson.Read<T>(json))
    where T : class;

/// <summary>It is immutable: another object is another value.</summary>
internal sealed class StoredJsonComparer<T>() : ValueComparer<T>(
    (left, right) => ReferenceEquals(left, right), value => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(value), value => value)
    where T : class;
