using NoiseGen.Generator.Loops.Kernels;
using NoiseGen.Generator.Planning;

namespace NoiseGen.Generator.Emission;

/// <summary>Prints the kernels that the networks of an assembly share, a file for each.</summary>
internal static class KernelEmitter
{
    /// <summary>Their namespace. The code of networks is below NoiseGen.Generated.</summary>
    public const string Namespace = "NoiseGen.GeneratedKernels";

    // No hint name of a network begins so.
    private const string File = "NoiseGen-Kernels.";

    /// <summary>The code of a linear operation.</summary>
    public static SourceFile Linear(LinearUse linear)
    {
        KernelLoops kernels = KernelLoops.Of(linear);
        return NetworkEmitter.KernelFile(File + kernels.Name, namesTypes: false, writer => LinearEmitter.Emit(writer, kernels));
    }

    /// <summary>An elementwise pass.</summary>
    public static SourceFile Row(RowKernel kernel) => NetworkEmitter.KernelFile(File + "Rows." + kernel.Name, kernel.NamesTypes, writer =>
    {
        using (writer.Block("internal static partial class Rows")) RowEmitter.Emit(writer, RowLoops.Of(kernel));
    });

    /// <summary>Register tiles that read weights in place; no file if no kernel uses one.</summary>
    public static IEnumerable<SourceFile> MatrixTiles(KernelSet kernels)
    {
        Tile[] tiles = [.. kernels.MatrixTiles];
        if (tiles.Length > 0)
            yield return NetworkEmitter.KernelFile(
                File + "MatrixTiles", namesTypes: false, writer => TileLibraryEmitter.OfMatrices(writer, tiles));
    }
}
