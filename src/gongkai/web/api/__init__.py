"""The machines' interface: applications in, states and figures out. A face without models, like portal and workbench."""
