using System.Collections.Concurrent;
using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;

namespace MessagingServices.Server.Api.Documentation;

/// <summary>A call in compiled code.</summary>
/// <param name="Method">The method that is called.</param>
/// <param name="Constant">Its last argument, if that is a constant number.</param>
internal readonly record struct MethodCall(MethodBase Method, int? Constant);

/// <summary>What methods use.</summary>
/// <param name="Calls">The methods that they call, or make delegates of.</param>
/// <param name="StaticFields">The static fields that they read.</param>
internal sealed record CodeReferences(IReadOnlyList<MethodCall> Calls, IReadOnlyList<FieldInfo> StaticFields);

/// <summary>
/// Reads compiled code. So the description of an operation can say what its code does, without a second text that could
/// disagree. It is read when the description is made, never before.
/// </summary>
internal static class CompiledCode
{
    private const BindingFlags Any =
        BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;

    private static readonly Assembly[] Own = [typeof(CompiledCode).Assembly, typeof(Sid).Assembly];

    private static readonly Dictionary<short, OpCode> OpCodesByValue = typeof(OpCodes).GetFields()
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => code.Value);

    private static readonly ConcurrentDictionary<MethodBase, CodeReferences> Read = new();

    /// <summary>
    /// What the methods use, themselves or through other methods of this server. Calls of interfaces are not followed.
    /// </summary>
    public static CodeReferences ReachableFrom(IEnumerable<MethodBase> roots)
    {
        List<MethodCall> calls = [];
        List<FieldInfo> fields = [];
        HashSet<(Module, int)> seen = [];
        Stack<MethodBase> waiting = new(roots);
        while (waiting.TryPop(out var method))
        {
            if (!Own.Contains(method.Module.Assembly) || method.DeclaringType == typeof(MessagingError)
                || !seen.Add((method.Module, method.MetadataToken))) continue;
            var (called, read) = Read.GetOrAdd(method, ReferencesOf);
            calls.AddRange(called);
            fields.AddRange(read);
            foreach (var call in called) waiting.Push(call.Method);
            // The initializer decides what the field is.
            foreach (var field in read)
                if (field.DeclaringType?.TypeInitializer is { } initializer) waiting.Push(initializer);
        }

        return new(calls, fields);
    }

    /// <summary>All methods and constructors of a type of this server, those of its base types too.</summary>
    public static IEnumerable<MethodBase> MethodsOf(Type type) => type.GetMethods(Any).Concat<MethodBase>(
        type.GetConstructors(Any));

    private static CodeReferences ReferencesOf(MethodBase method)
    {
        List<MethodCall> calls = [];
        List<FieldInfo> fields = [];
        // The code of an async method, or of an iterator, is in a class of its own.
        if (method.GetCustomAttribute<StateMachineAttribute>()?.StateMachineType.GetMethod("MoveNext", Any) is { } body)
            calls.Add(new(body, null));
        var code = method.GetMethodBody()?.GetILAsByteArray() ?? [];
        int? constant = null;
        for (var i = 0; i < code.Length;)
        {
            var operation = OpCodesByValue[
                code[i] == 0xFE ? unchecked((short)((code[i++] << 8) | code[i++])) : code[i++]];
            switch (operation.OperandType)
            {
                case OperandType.InlineMethod:
                    calls.Add(new(
                        Resolve(method, code, i, (module, token, types, arguments) =>
                            module.ResolveMethod(token, types, arguments)!), constant));
                    break;
                case OperandType.InlineField when operation == OpCodes.Ldsfld || operation == OpCodes.Ldsflda:
                    fields.Add(Resolve(method, code, i, (module, token, types, arguments) =>
                        module.ResolveField(token, types, arguments)!));
                    break;
                default:
                    break;
            }

            constant = ConstantOf(operation, code, i);
            i += Size(operation.OperandType, code, i);
        }

        return new(calls, fields);
    }

    private static T Resolve<T>(
        MethodBase method, byte[] code, int place, Func<Module, int, Type[]?, Type[]?, T> resolve) =>
        resolve(
            method.Module, BitConverter.ToInt32(code, place), method.DeclaringType?.GetGenericArguments(),
            method.IsGenericMethod ? method.GetGenericArguments() : null);

    private static int? ConstantOf(OpCode operation, byte[] code, int place) => operation.Value switch
    {
        var value when value == OpCodes.Ldc_I4.Value => BitConverter.ToInt32(code, place),
        var value when value == OpCodes.Ldc_I4_S.Value => (sbyte)code[place],
        var value when value >= OpCodes.Ldc_I4_0.Value && value <= OpCodes.Ldc_I4_8.Value =>
            value - OpCodes.Ldc_I4_0.Value,
        _ => null,
    };

    private static int Size(OperandType operand, byte[] code, int place) => operand switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, place)),
        _ => 4,
    };
}
