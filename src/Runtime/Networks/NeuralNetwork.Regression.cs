using System.Runtime.CompilerServices;
using NoiseGen.CompilerServices;

namespace NoiseGen;

// Learning numbers: targets in place of labels, the mean squared error in place of the cross-entropy.
public abstract partial class NeuralNetwork
{
    /// <summary>Computes the mean squared error and its gradients of one batch with the training noise of the next step, and changes nothing else.</summary>
    /// <param name="images">1 … <see cref="BatchSize"/> images in channel × row × column order.</param>
    /// <param name="targets">What the outputs should be, image × output.</param>
    /// <exception cref="ArgumentException">The lengths do not fit, or a pixel or target is not a finite number.</exception>
    /// <exception cref="InvalidOperationException">Another call is using the network, or the range of a noise site is not known yet.</exception>
    /// <exception cref="ObjectDisposedException">The network was disposed of.</exception>
    public unsafe StepResult ComputeGradients(ReadOnlySpan<float> images, ReadOnlySpan<float> targets)
    {
        int count = CheckImages(images);
        CheckCount(count, nameof(images));
        CheckTargets(targets, count);
        using Exclusive use = Enter();
        fixed (float* pixels = images)
        {
            fixed (float* values = targets)
            {
                _spanBatch.SetTargets(pixels, values, count, 0);
                return TrainBatch(_spanBatch);
            }
        }
    }

    /// <summary>Takes one training step: gradients of the mean squared error, over images and outputs, then the optimizer's update. A step whose loss is not a finite number changes nothing.</summary>
    /// <param name="images">1 … <see cref="BatchSize"/> images in channel × row × column order.</param>
    /// <param name="targets">What the outputs should be, image × output.</param>
    /// <param name="optimizer">Changes the parameters.</param>
    /// <exception cref="ArgumentException">The lengths do not fit, a pixel or target is not a finite number, or the optimizer serves another network.</exception>
    /// <exception cref="InvalidOperationException">Another call is using the network, or the range of a noise site is not known yet.</exception>
    /// <exception cref="ObjectDisposedException">The network was disposed of.</exception>
    public unsafe StepResult TrainStep(ReadOnlySpan<float> images, ReadOnlySpan<float> targets, Optimizer optimizer)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        int count = CheckImages(images);
        CheckCount(count, nameof(images));
        CheckTargets(targets, count);
        using Exclusive use = Enter();
        fixed (float* pixels = images)
        {
            fixed (float* values = targets)
            {
                _spanBatch.SetTargets(pixels, values, count, 0);
                return TakeStep(_spanBatch, optimizer);
            }
        }
    }

    /// <summary>The mean squared error of images, with the noise that the sites' evaluation sigmas ask for.</summary>
    /// <param name="images">Images in channel × row × column order, one after the other.</param>
    /// <param name="targets">What the outputs should be, image × output.</param>
    /// <param name="draw">Number of the noise realisation: the same number gives the same samples.</param>
    /// <exception cref="ArgumentException">The lengths do not fit, or a pixel or target is not a finite number.</exception>
    /// <exception cref="InvalidOperationException">Another call is using the network, or the range of a noise site is not known yet.</exception>
    /// <exception cref="ObjectDisposedException">The network was disposed of.</exception>
    public unsafe EvaluationResult Evaluate(ReadOnlySpan<float> images, ReadOnlySpan<float> targets, uint draw = 0)
    {
        int count = CheckImages(images);
        CheckTargets(targets, count);
        using Exclusive use = Enter();
        BeginEvaluation(draw);
        var total = default(BatchTotals);
        fixed (float* pixels = images)
        {
            fixed (float* values = targets)
            {
                for (int first = 0; first < count; first += BatchSize)
                {
                    int batch = Math.Min(BatchSize, count - first);
                    _spanBatch.SetTargets(pixels + (nint)first * Description.Input.Count, values + (nint)first * Classes, batch, first);
                    total += EvaluateBatch(_spanBatch);
                }
            }
        }

        return total.Result(hasTargets: true);
    }

    private void CheckTargets(ReadOnlySpan<float> targets, int count)
    {
        if (targets.Length != (long)count * Classes)
            throw new ArgumentException($"{count} images of {Description.Name} need {count} × {Classes} targets, not {targets.Length}.", nameof(targets));
    }

    // Targets wait where the gradient goes.
    private void LoadTargets(int block, in BlockMemory memory)
    {
        ref float targets = ref _code.LogitGradients(memory);
        for (int lane = 0; lane < memory.Images; lane++)
        {
            ReadOnlySpan<float> values = _batch.Target(block * Lanes + lane);
            if (values.Length != Classes)
                throw new ArgumentException($"Image {_batch.First + block * Lanes + lane} has {values.Length} targets; {Description.Name} has {Classes} outputs.");
            for (int i = 0; i < values.Length; i++)
            {
                if (!float.IsFinite(values[i])) throw new ArgumentException($"Target {i} of image {_batch.First + block * Lanes + lane} is {values[i]}; allowed are finite numbers.");
                Unsafe.Add(ref targets, i * Lanes + lane) = values[i];
            }
        }
    }
}
