using System.Runtime.Intrinsics;
using NoiseGen.CompilerServices;

namespace NoiseGen;

/// <summary>
/// Random numbers one after another, for things that are drawn once, such as an image. Each image of each stream has its own sequence.
/// </summary>
internal struct RandomSequence(ulong seed, RandomStream stream, int image)
{
    private Philox.Words _words;
    private uint _used;

    /// <summary>Uniform in 0 … 1, 1 excluded.</summary>
    public float Uniform() => (Next() >> 8) * (1f / (1 << 24));

    /// <summary>Uniform in −1 … 1.</summary>
    public float Symmetric() => 2f * Uniform() - 1f;

    /// <summary>Uniform in a range.</summary>
    public float Between(float from, float to) => from + (to - from) * Uniform();

    /// <summary>One of the numbers 0 … count − 1.</summary>
    public int Below(int count) => (int)(((ulong)Next() * (uint)count) >> 32);

    /// <summary>A standard Gaussian sample.</summary>
    public float Gaussian() => GaussianTransform.Sample(Next());

    /// <summary>Sixteen standard Gaussian samples.</summary>
    public Vector512<float> SixteenGaussians()
    {
        Span<uint> bits = stackalloc uint[Vector512<uint>.Count];
        foreach (ref uint word in bits) word = Next();
        return GaussianTransform.Sample(Vector512.Create<uint>(bits));
    }

    private uint Next()
    {
        int place = (int)(_used % 4);
        if (place == 0) _words = Philox.Generate(new((uint)image, _used / 4, 0, (uint)stream), seed);
        _used++;
        return _words[place];
    }
}
