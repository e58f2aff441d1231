using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NoiseGen;

/// <summary>
/// A vector as wide as the processor's registers, for code that keeps so many vectors live that halves of wider ones would be spilled. A
/// method with it as its type parameter is compiled once for each width; values are the same in both.
/// </summary>
/// <typeparam name="TSelf">The vector.</typeparam>
internal interface ILaneVector<TSelf>
    where TSelf : struct, ILaneVector<TSelf>
{
    static abstract int Count { get; }

    static abstract TSelf Zero { get; }

    static abstract TSelf Of(float value);

    static abstract TSelf Load(ref float source);

    void Store(ref float target);

    static abstract TSelf operator +(TSelf left, TSelf right);

    static abstract TSelf operator -(TSelf left, TSelf right);

    static abstract TSelf operator *(TSelf left, TSelf right);

    /// <summary><c>left · right + added</c>, rounded once.</summary>
    static abstract TSelf MultiplyAdd(TSelf left, TSelf right, TSelf added);
}

/// <summary>Sixteen lanes.</summary>
internal readonly struct WideVector(Vector512<float> value) : ILaneVector<WideVector>
{
    private readonly Vector512<float> _value = value;

    public static int Count => 16;

    public static WideVector Zero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(Vector512<float>.Zero);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideVector Of(float value) => new(Vector512.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideVector Load(ref float source) => new(Vector512.LoadUnsafe(ref source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(ref float target) => _value.StoreUnsafe(ref target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideVector operator +(WideVector left, WideVector right) => new(left._value + right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideVector operator -(WideVector left, WideVector right) => new(left._value - right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideVector operator *(WideVector left, WideVector right) => new(left._value * right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideVector MultiplyAdd(WideVector left, WideVector right, WideVector added) =>
        new(Vector512.FusedMultiplyAdd(left._value, right._value, added._value));
}

/// <summary>Eight lanes.</summary>
internal readonly struct NarrowVector(Vector256<float> value) : ILaneVector<NarrowVector>
{
    private readonly Vector256<float> _value = value;

    public static int Count => 8;

    public static NarrowVector Zero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(Vector256<float>.Zero);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NarrowVector Of(float value) => new(Vector256.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NarrowVector Load(ref float source) => new(Vector256.LoadUnsafe(ref source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(ref float target) => _value.StoreUnsafe(ref target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NarrowVector operator +(NarrowVector left, NarrowVector right) => new(left._value + right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NarrowVector operator -(NarrowVector left, NarrowVector right) => new(left._value - right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NarrowVector operator *(NarrowVector left, NarrowVector right) => new(left._value * right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NarrowVector MultiplyAdd(NarrowVector left, NarrowVector right, NarrowVector added) =>
        new(Vector256.FusedMultiplyAdd(left._value, right._value, added._value));
}

/// <summary>Helpers for code of both widths.</summary>
internal static class LaneVectors
{
    /// <summary>Adds a vector to values in memory.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add<TVector>(ref float target, TVector values)
        where TVector : struct, ILaneVector<TVector> => (TVector.Load(ref target) + values).Store(ref target);
}
