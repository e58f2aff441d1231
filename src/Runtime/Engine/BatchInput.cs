using System.Runtime.CompilerServices;
using NoiseGen.CompilerServices;
using static NoiseGen.LaneLayout;

namespace NoiseGen;

/// <summary>
/// Reads the current batch of a source: images into blocks, and labels, targets or weights for the loss. Rejects values that are not finite
/// and labels that are not classes.
/// </summary>
/// <param name="description">The network.</param>
/// <param name="code">Its generated code.</param>
/// <param name="batchSize">The largest number of images in a batch.</param>
internal sealed class BatchInput(NetworkDescription description, NetworkCode code, int batchSize)
{
    private readonly int[] _labels = new int[((long)batchSize + Lanes - 1) / Lanes * Lanes];

    // w_i · count / Σ w of the batch, which turns the mean over images of loss and gradient into Σ w·l / Σ w. Lanes past the end of the
    // batch are unused.
    private readonly float[] _weights = new float[((long)batchSize + Lanes - 1) / Lanes * Lanes];

    private int Outputs => description.Output.Count;

    /// <summary>The labels of a block's images.</summary>
    public ref int Labels(int block) => ref _labels[block * Lanes];

    /// <summary>The weights of a block's images in the loss.</summary>
    public ref float Weights(int block) => ref _weights[block * Lanes];

    /// <summary>Images in a source's current batch.</summary>
    /// <exception cref="ArgumentException">There are none, or too many.</exception>
    public int CountOf(BatchSource batch)
    {
        int count = batch.Count;
        CheckCount(count, "batches");
        return count;
    }

    /// <exception cref="ArgumentException">No batch has this many images.</exception>
    public void CheckCount(int count, string name)
    {
        if (count < 1 || count > batchSize)
            throw new ArgumentException($"A batch of {description.Name} holds 1 … {batchSize} images (its batchSize), not {count}.", name);
    }

    /// <summary>Reads the weights of a batch's images, if it has any. One thread sums them, in the order of the images.</summary>
    public void LoadWeights(BatchSource batch, int count)
    {
        if (!batch.HasWeights) return;
        double sum = 0;
        for (int image = 0; image < count; image++)
        {
            float weight = batch.Weight(image);
            if (!Setting.IsNotNegative(weight))
                throw new ArgumentException(
                    $"The weight of image {batch.First + image} is {weight}; allowed are finite numbers, at least 0.");
            _weights[image] = weight;
            sum += weight;
        }

        // A batch whose weights are all 0 contributes nothing.
        float scale = sum > 0 ? (float)(count / sum) : 0f;
        for (int image = 0; image < count; image++) _weights[image] *= scale;
    }

    /// <summary>Reads a block's images, and their labels if there are no targets.</summary>
    public void Load(in Pass pass, int block, in BlockMemory memory)
    {
        int first = block * Lanes;
        Span<float> input = code.Input(memory);
        pass.Batch.Load(first, input);
        if (!pass.Batch.IsFinite && !FiniteLanes.All(input)) throw Refusal(pass.Batch, first, input, memory.Images);
        if (pass.Batch.Targets > 0) return;
        for (int lane = 0; lane < Lanes; lane++) _labels[first + lane] = lane < memory.Images ? LabelOf(pass.Batch, first + lane) : 0;
    }

    /// <summary>Reads the targets of a block's images. They are stored where the gradient will be written.</summary>
    public void LoadTargets(in Pass pass, int block, in BlockMemory memory)
    {
        ref float targets = ref code.LogitGradients(memory);
        for (int lane = 0; lane < memory.Images; lane++)
        {
            int image = pass.Batch.First + block * Lanes + lane;
            ReadOnlySpan<float> values = pass.Batch.Target(block * Lanes + lane);
            if (values.Length != Outputs)
                throw new ArgumentException($"Image {image} has {values.Length} targets; {description.Name} has {Outputs} outputs.");
            for (int i = 0; i < values.Length; i++)
            {
                if (!float.IsFinite(values[i]))
                    throw new ArgumentException($"Target {i} of image {image} is {values[i]}; allowed are finite numbers.");
                Unsafe.Add(ref targets, i * Lanes + lane) = values[i];
            }
        }
    }

    private int LabelOf(BatchSource batch, int image)
    {
        int label = batch.Label(image);
        return (uint)label < (uint)Outputs
            ? label
            : throw new ArgumentException($"The label of image {batch.First + image} is {label}; allowed are 0 … {Outputs - 1}.");
    }

    private ArgumentException Refusal(BatchSource batch, int first, ReadOnlySpan<float> input, int images)
    {
        (int element, int lane) = FiniteLanes.First(input, Lanes, Lanes)!.Value;
        float value = input[element * Lanes + lane];
        if (lane >= images)
            return new ArgumentException(
                $"{batch.GetType().Name} leaves {value} in a lane past the batch's last image, where zeros belong.");
        (int channels, int width) = (description.Input.Channels, description.Input.Width);
        return new ArgumentException(
            $"Image {batch.First + first + lane} has the value {value} at channel {element % channels}, row {element / channels / width}, "
            + $"column {element / channels % width}; allowed are finite numbers.");
    }
}
