namespace NoiseGen;

/// <summary>The memory cells that hold a stage's weights.</summary>
/// <param name="Device">Name of the kind of cell, such as <c>Pcm</c>.</param>
/// <param name="PerChannel">Whether the largest conductance stands for max |w| of each output channel, not of the whole tensor.</param>
/// <param name="Compensation">How evaluations make up for drift, unless the network says otherwise.</param>
public abstract record DeviceDescription(string Device, bool PerChannel, DriftCompensation Compensation)
{
    internal abstract TResult Make<TResult>(IDeviceFactory<TResult> factory);

    /// <summary>Such as <c>Pcm per channel</c>.</summary>
    public override string ToString() => Device + (PerChannel ? " per channel" : "");
}

/// <summary>For generated code: the cells of one kind.</summary>
/// <typeparam name="TDevice">The kind.</typeparam>
/// <param name="Device">Name of the kind of cell.</param>
/// <param name="PerChannel">Whether the largest conductance stands for max |w| of each output channel.</param>
/// <param name="Compensation">How evaluations make up for drift.</param>
public sealed record DeviceDescription<TDevice>(string Device, bool PerChannel, DriftCompensation Compensation)
    : DeviceDescription(Device, PerChannel, Compensation)
    where TDevice : struct, IMemoryDevice
{
    internal override TResult Make<TResult>(IDeviceFactory<TResult> factory) => factory.Make<TDevice>();

    /// <inheritdoc/>
    public override string ToString() => base.ToString();
}

/// <summary>Makes something for a kind of memory cell.</summary>
internal interface IDeviceFactory<out TResult>
{
    TResult Make<TDevice>()
        where TDevice : struct, IMemoryDevice;
}
