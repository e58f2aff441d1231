using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NoiseGen.CompilerServices;

/// <summary>The dropout of one stage for one block of images. Every decision equals <see cref="Dropout.Keeps"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly ref struct DropoutLanes
{
    /// <summary>Size of the workspace that an instance needs, in floats.</summary>
    public const int Workspace = PhiloxLanes.Workspace;

    private readonly PhiloxLanes _random;
    private readonly Vector512<uint> _threshold;

    /// <summary>The factor that kept values are multiplied by, in every lane.</summary>
    public readonly Vector512<float> Scale;

    /// <param name="pass">The realisation.</param>
    /// <param name="stage">Index of the stage.</param>
    /// <param name="image">Number of the block's first image.</param>
    /// <param name="rate">Fraction of the elements that is dropped, at least 0 and below 1.</param>
    /// <param name="workspace"><see cref="Workspace"/> floats, aligned to 64 bytes.</param>
    public DropoutLanes(in NoisePass pass, int stage, int image, float rate, ref float workspace)
    {
        _random = new PhiloxLanes(pass.Key, Dropout.StageWord(pass.Key, stage), image, ref workspace);
        _threshold = Vector512.Create(Dropout.Threshold(rate));
        Scale = Vector512.Create(Dropout.Scale(rate));
    }

    /// <summary>Decides on the four elements of a group for sixteen images.</summary>
    /// <param name="group">Number of the group in the stage's output.</param>
    /// <param name="half">0 for the block's first sixteen images, 1 for the second sixteen.</param>
    /// <param name="dropped0">All bits set in the lanes that drop the group's first element.</param>
    /// <param name="dropped1">The same for the second element.</param>
    /// <param name="dropped2">The same for the third element.</param>
    /// <param name="dropped3">The same for the fourth element.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Next(
        nint group, nint half, out Vector512<uint> dropped0, out Vector512<uint> dropped1, out Vector512<uint> dropped2,
        out Vector512<uint> dropped3)
    {
        _random.Next(
            group, half, out Vector512<uint> bits0, out Vector512<uint> bits1, out Vector512<uint> bits2, out Vector512<uint> bits3);
        dropped0 = Vector512.LessThan(bits0, _threshold);
        dropped1 = Vector512.LessThan(bits1, _threshold);
        dropped2 = Vector512.LessThan(bits2, _threshold);
        dropped3 = Vector512.LessThan(bits3, _threshold);
    }
}
