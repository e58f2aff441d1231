namespace NoiseGen.Tests.Reference;

/// <summary>A position in a window that lies on a pixel of the map, not in the padding.</summary>
/// <param name="Tap">The position in the window, row by row.</param>
/// <param name="Pixel">The pixel of the map, row by row.</param>
internal readonly record struct Contact(int Tap, int Pixel)
{
    /// <summary>The contacts of every window of a convolution or pool: one list for each output pixel, row by row.</summary>
    public static Contact[][] Of(Shape input, Shape output, Window shape)
    {
        var windows = new Contact[output.Height * output.Width][];
        for (int window = 0; window < windows.Length; window++)
        {
            int top = window / output.Width * shape.StrideHeight - shape.PaddingHeight;
            int left = window % output.Width * shape.StrideWidth - shape.PaddingWidth;
            var contacts = new List<Contact>();
            for (int tap = 0; tap < shape.Height * shape.Width; tap++)
            {
                int row = top + tap / shape.Width;
                int column = left + tap % shape.Width;
                if (row >= 0 && row < input.Height && column >= 0 && column < input.Width)
                    contacts.Add(new(tap, row * input.Width + column));
            }

            windows[window] = [.. contacts];
        }

        return windows;
    }
}
