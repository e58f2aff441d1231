using System.ComponentModel;

namespace NoiseGen.CompilerServices;

/// <summary>
/// Transforms that compute a 3×3 convolution with fewer multiplications, Winograd's (Lavin, arXiv 1509.09308) or others of the same form:
/// its outputs in a patch are Aᵀ[(G g Gᵀ) ⊙ (Bᵀ d B)]A for its weights g and the inputs d of the patch. The gradient with respect to g is
/// Gᵀ[(A y Aᵀ) ⊙ (Bᵀ d B)]G for the output gradient y, and the products may be summed over patches and images before they are transformed.
/// Adjacent values, images or channels, have the same position in a patch, so that a transform works on whole vectors.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IWinogradTransforms
{
    /// <summary>Number of products in a patch.</summary>
    static abstract int Products { get; }

    /// <summary>Bᵀ d B of one patch's inputs.</summary>
    /// <param name="source">The map, row × column × pixel, starting at the first of the values; zero outside.</param>
    /// <param name="target">Products × patches × values, of this patch.</param>
    /// <param name="row">The patch's first row of outputs; its inputs begin one row above.</param>
    /// <param name="column">The patch's first column of outputs; its inputs begin one column before.</param>
    /// <param name="height">Rows of the map.</param>
    /// <param name="width">Columns of the map.</param>
    /// <param name="pixel">Floats of one pixel.</param>
    /// <param name="values">Floats of each pixel that are transformed, a multiple of 16.</param>
    /// <param name="product">Floats from one product of the patch to the next.</param>
    static abstract void Input(
        ref float source, ref float target, nint row, nint column, nint height, nint width, nint pixel, nint values, nint product);

    /// <summary>Aᵀ m A of one patch's products and the biases, for every channel.</summary>
    /// <param name="products">Products × patches × channel × 32 images, of this patch; may be overwritten.</param>
    /// <param name="biases">One for each channel, or a zero.</param>
    /// <param name="biasStride">Floats from one bias to the next: 1, or 0 for a zero.</param>
    /// <param name="target">The patch's first pixel in the map, row × column × channel × 32.</param>
    /// <param name="width">Columns of the map.</param>
    /// <param name="channels">Channels of the map.</param>
    /// <param name="product">Floats from one product of the patch to the next.</param>
    static abstract void Output(
        ref float products, ref float biases, nint biasStride, ref float target, nint width, nint channels, nint product);

    /// <summary>As <see cref="Output"/>, but adds to the target, without biases.</summary>
    /// <param name="products">Products × patches × channel × 32 images, of this patch; may be overwritten.</param>
    /// <param name="target">The patch's first pixel in the map, row × column × channel × 32.</param>
    /// <param name="width">Columns of the map.</param>
    /// <param name="channels">Channels of the map.</param>
    /// <param name="product">Floats from one product of the patch to the next.</param>
    static abstract void AddOutput(ref float products, ref float target, nint width, nint channels, nint product);

    /// <summary>A y Aᵀ of one patch's gradients.</summary>
    /// <param name="gradients">The patch's first pixel, row × column × pixel, starting at the first of the values.</param>
    /// <param name="target">Products × patches × values, of this patch.</param>
    /// <param name="line">Floats of a row of pixels.</param>
    /// <param name="pixel">Floats of one pixel.</param>
    /// <param name="values">Floats of each pixel that are transformed, a multiple of 16.</param>
    /// <param name="product">Floats from one product of the patch to the next.</param>
    static abstract void Gradient(ref float gradients, ref float target, nint line, nint pixel, nint values, nint product);

    /// <summary>G g Gᵀ of sixteen kernels.</summary>
    /// <param name="taps">9 taps × 16 kernels.</param>
    /// <param name="target">Products × 16 kernels.</param>
    /// <param name="product">Floats from one product to the next.</param>
    static abstract void Kernels(ref float taps, ref float target, nint product);

    /// <summary>Gᵀ m G of sixteen kernels' sums of products.</summary>
    /// <param name="sums">Products × 16 kernels; may be overwritten.</param>
    /// <param name="product">Floats from one product to the next.</param>
    /// <param name="taps">9 taps × 16 kernels.</param>
    static abstract void Taps(ref float sums, nint product, ref float taps);
}
